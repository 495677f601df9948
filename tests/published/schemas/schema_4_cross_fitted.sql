BEGIN TRANSACTION;
CREATE TABLE champions (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	outcome TEXT, 
	support_size INTEGER, 
	predictor TEXT, 
	best_baseline TEXT, 
	weights TEXT, 
	evidence TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',0,'bili',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',1,'bili',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',2,'bili',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',3,'bili',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',4,'bili',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',5,'albumin',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',6,'albumin',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',7,'albumin',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',8,'albumin',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',9,'albumin',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',10,'protime',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',11,'protime',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',12,'protime',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',13,'protime',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',14,'protime',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',15,'platelet',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',16,'platelet',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',17,'platelet',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',18,'platelet',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',19,'platelet',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',20,'alk_phos',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',21,'alk_phos',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',22,'alk_phos',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',23,'alk_phos',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',24,'alk_phos',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',25,'ast',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',26,'ast',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',27,'ast',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',28,'ast',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',29,'ast',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',30,'edema',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',31,'edema',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',32,'edema',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',33,'edema',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('1ff55c6ff89dad7b',34,'edema',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',0,'bili',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',1,'bili',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',2,'bili',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',3,'bili',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',4,'bili',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',5,'albumin',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',6,'albumin',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',7,'albumin',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',8,'albumin',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',9,'albumin',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',10,'protime',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',11,'protime',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',12,'protime',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',13,'protime',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',14,'protime',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',15,'platelet',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',16,'platelet',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',17,'platelet',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',18,'platelet',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',19,'platelet',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',20,'alk_phos',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',21,'alk_phos',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',22,'alk_phos',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',23,'alk_phos',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',24,'alk_phos',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',25,'ast',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',26,'ast',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',27,'ast',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',28,'ast',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',29,'ast',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',30,'edema',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',31,'edema',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',32,'edema',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',33,'edema',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('0525ab2f1d835de3',34,'edema',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
CREATE TABLE cohorts (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	cohort TEXT, 
	n_subjects INTEGER, 
	n_records INTEGER, 
	n_train INTEGER, 
	n_tuning INTEGER, 
	n_calibration INTEGER, 
	n_held_out INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "cohorts" VALUES('1ff55c6ff89dad7b',0,'placebo, stage 1-2',1,0,0,0,0,1);
INSERT INTO "cohorts" VALUES('1ff55c6ff89dad7b',1,'placebo, stage 3',2,4,2,0,0,0);
INSERT INTO "cohorts" VALUES('1ff55c6ff89dad7b',2,'placebo, stage 4',1,0,0,1,0,0);
INSERT INTO "cohorts" VALUES('1ff55c6ff89dad7b',3,'D-penicillamine, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('1ff55c6ff89dad7b',4,'D-penicillamine, stage 3',2,12,1,0,1,0);
INSERT INTO "cohorts" VALUES('1ff55c6ff89dad7b',5,'D-penicillamine, stage 4',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('0525ab2f1d835de3',0,'placebo, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('0525ab2f1d835de3',1,'placebo, stage 3',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('0525ab2f1d835de3',2,'placebo, stage 4',2,10,2,0,0,0);
INSERT INTO "cohorts" VALUES('0525ab2f1d835de3',3,'D-penicillamine, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('0525ab2f1d835de3',4,'D-penicillamine, stage 3',3,12,1,1,1,0);
INSERT INTO "cohorts" VALUES('0525ab2f1d835de3',5,'D-penicillamine, stage 4',1,3,0,0,0,1);
CREATE TABLE cross_fitted (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	study TEXT, 
	outcome TEXT, 
	predictor TEXT, 
	cohort TEXT, 
	support_size INTEGER, 
	metric TEXT, 
	value DOUBLE, 
	ci_low DOUBLE, 
	ci_high DOUBLE, 
	n_patients INTEGER, 
	n_predictions INTEGER, 
	unit TEXT, 
	PRIMARY KEY (release_id, row_number)
);
CREATE TABLE evaluation (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	study TEXT, 
	outcome TEXT, 
	predictor TEXT, 
	cohort TEXT, 
	support_size INTEGER, 
	metric TEXT, 
	value DOUBLE, 
	ci_low DOUBLE, 
	ci_high DOUBLE, 
	n_patients INTEGER, 
	n_predictions INTEGER, 
	unit TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',0,'pbc','bili','champion','all',-1,'mae',3.75198170470311842539e-01,3.52686280242093141978e-01,3.97710060698530543099e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',1,'pbc','bili','champion','all',-1,'crps',2.70142682738624517746e-01,2.53934121774307075547e-01,2.86351243702941959945e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',2,'pbc','bili','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',3,'pbc','bili','champion','all',-1,'width_90',1.53831249892827837122e+00,1.44601374899258172668e+00,1.63061124886397501576e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',4,'pbc','bili','champion','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',5,'pbc','bili','champion','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',6,'pbc','bili','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',7,'pbc','bili','champion','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',8,'pbc','bili','champion','all',2,'mae',3.92928470913589622526e-01,3.69352762658774258497e-01,0.416504179168405,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',9,'pbc','bili','champion','all',2,'crps',2.8290849905778453488e-01,2.65933989114317481661e-01,2.99883009001251588099e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',10,'pbc','bili','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',11,'pbc','bili','champion','all',2,'width_90',1.6110067307457172081e+00,1.51434632690097425999e+00,1.70766713459046015621e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',12,'pbc','bili','champion','placebo, stage 3',-1,'mae',3.56438261946796286494e-01,3.35051966229988507084e-01,3.77824557663604065904e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',13,'pbc','bili','champion','placebo, stage 3',-1,'crps',2.5663554860169329741e-01,2.41237415685591705116e-01,2.72033681517794889703e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',14,'pbc','bili','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',15,'pbc','bili','champion','placebo, stage 3',-1,'width_90',1.46139687398186457478e+00,1.37371306154295269585e+00,1.54908068642077645371e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',16,'pbc','bili','bayesian_head','all',-1,'mae',0.389511782877322,3.66141075904682700148e-01,4.1288248984996134272e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',17,'pbc','bili','bayesian_head','all',-1,'crps',2.80448483671671855432e-01,2.63621574651371537445e-01,2.9727539269197217342e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',18,'pbc','bili','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',19,'pbc','bili','bayesian_head','all',-1,'width_90',1.59699830979702017685e+00,1.5011784112091990373e+00,1.69281820838484131641e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',20,'pbc','bili','bayesian_head','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',21,'pbc','bili','bayesian_head','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',22,'pbc','bili','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',23,'pbc','bili','bayesian_head','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',24,'pbc','bili','bayesian_head','all',2,'mae',4.06283688702044287754e-01,3.81906667379921627158e-01,4.3066071002416694835e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',25,'pbc','bili','bayesian_head','all',2,'crps',2.9252425586547187164e-01,2.74972800513543558231e-01,3.10075711217400185049e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',26,'pbc','bili','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',27,'pbc','bili','bayesian_head','all',2,'width_90',1.66576312367838141881e+00,1.56581733625767860473e+00,1.76570891109908423288e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',28,'pbc','bili','bayesian_head','placebo, stage 3',-1,'mae',3.70036193733455920362e-01,3.47834022109448581794e-01,3.92238365357463258931e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',29,'pbc','bili','bayesian_head','placebo, stage 3',-1,'crps',2.66426059488088229354e-01,2.50440495918802907837e-01,2.82411623057373550871e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',30,'pbc','bili','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',31,'pbc','bili','bayesian_head','placebo, stage 3',-1,'width_90',1.51714839430716907919e+00,1.42611949064873888559e+00,1.60817729796559927279e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',32,'pbc','bili','last_value','all',-1,'mae',4.25295813894847496428e-01,3.99778065061156651083e-01,4.50813562728538341772e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',33,'pbc','bili','last_value','all',-1,'crps',3.06212986004290199648e-01,2.87840206844032775457e-01,3.2458576516454762384e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',34,'pbc','bili','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',35,'pbc','bili','last_value','all',-1,'width_90',1.74371283696887457992e+00,1.63909006675074220282e+00,1.84833560718700695701e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',36,'pbc','bili','last_value','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',37,'pbc','bili','last_value','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',38,'pbc','bili','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',39,'pbc','bili','last_value','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',40,'pbc','bili','last_value','all',2,'mae',4.39671733173180812048e-01,4.1329142918278993779e-01,4.66052037163571686306e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',41,'pbc','bili','last_value','all',2,'crps',3.16563647884690158029e-01,2.97569829011608777413e-01,3.35557466757771538645e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',42,'pbc','bili','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',43,'pbc','bili','last_value','all',2,'width_90',1.80265410601004116841e+00,1.69449485964943868943e+00,1.9108133523706436474e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',44,'pbc','bili','last_value','placebo, stage 3',-1,'mae',4.04031023200105143811e-01,3.79789161808098851835e-01,4.28272884592111435786e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',45,'pbc','bili','last_value','placebo, stage 3',-1,'crps',2.90902336704075670237e-01,2.73448196501831108928e-01,3.08356476906320231545e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',46,'pbc','bili','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',47,'pbc','bili','last_value','placebo, stage 3',-1,'width_90',1.65652719512043100635e+00,1.55713556341320513709e+00,1.75591882682765687562e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',48,'pbc','bili','un_adapted','all',-1,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',49,'pbc','bili','un_adapted','all',-1,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',50,'pbc','bili','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',51,'pbc','bili','un_adapted','all',-1,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',52,'pbc','bili','un_adapted','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',53,'pbc','bili','un_adapted','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',54,'pbc','bili','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',55,'pbc','bili','un_adapted','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',56,'pbc','bili','un_adapted','all',2,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',57,'pbc','bili','un_adapted','all',2,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',58,'pbc','bili','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',59,'pbc','bili','un_adapted','all',2,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',60,'pbc','bili','un_adapted','placebo, stage 3',-1,'mae',6.08000000000000206945e-01,5.71520000000000250039e-01,6.44480000000000163851e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',61,'pbc','bili','un_adapted','placebo, stage 3',-1,'crps',4.37760000000000149e-01,4.11494400000000148942e-01,4.64025600000000149059e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',62,'pbc','bili','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',63,'pbc','bili','un_adapted','placebo, stage 3',-1,'width_90',2.49280000000000079296e+00,2.34323200000000086973e+00,2.64236800000000071619e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',64,'pbc','all','champion','all',-1,'mae',5.15897484396678818185e-01,4.84943635332878097976e-01,5.46851333460479538395e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',65,'pbc','all','champion','all',-1,'crps',3.71446188765608753534e-01,3.49159417439672215e-01,3.93732960091545292069e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',66,'pbc','all','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',67,'pbc','all','champion','all',-1,'width_90',2.11517968602638317676e+00,1.98826890486480012398e+00,2.24209046718796622954e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',68,'pbc','all','champion','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',69,'pbc','all','champion','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',70,'pbc','all','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',71,'pbc','all','champion','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',72,'pbc','all','champion','all',2,'mae',5.40276647506185758729e-01,5.07860048655814577678e-01,5.7269324635655693978e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',73,'pbc','all','champion','all',2,'crps',3.88999186204453728521e-01,3.65659235032186502589e-01,4.12339137376720954453e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',74,'pbc','all','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',75,'pbc','all','champion','all',2,'width_90',2.21513425477536163299e+00,2.08222619948884,2.34804231006188324215e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',76,'pbc','all','champion','placebo, stage 3',-1,'mae',4.90102610176844921685e-01,4.60696453566234231935e-01,5.19508766787455611435e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',77,'pbc','all','champion','placebo, stage 3',-1,'crps',3.52873879327328332511e-01,3.3170144656768862923e-01,3.74046312086968035792e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',78,'pbc','all','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',79,'pbc','all','champion','placebo, stage 3',-1,'width_90',2.00942070172506381808e+00,1.88885545962156,2.12998594382856776263e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',80,'pbc','all','bayesian_head','all',-1,'mae',5.35578701456317807227e-01,5.03443979368938698826e-01,5.67713423543696915629e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',81,'pbc','all','bayesian_head','all',-1,'crps',3.8561666504854880122e-01,3.62479665145635898682e-01,4.08753664951461703758e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',82,'pbc','all','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',83,'pbc','all','bayesian_head','all',-1,'width_90',2.1958726759709028542e+00,2.06412031541264884282e+00,2.32762503652915686558e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',84,'pbc','all','bayesian_head','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',85,'pbc','all','bayesian_head','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',86,'pbc','all','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',87,'pbc','all','bayesian_head','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',88,'pbc','all','bayesian_head','all',2,'mae',0.558640071965311,5.2512166764739232061e-01,5.92158476283229595615e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',89,'pbc','all','bayesian_head','all',2,'crps',4.02220851815023872077e-01,3.78087600706122461957e-01,4.26354102923925282198e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',90,'pbc','all','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',91,'pbc','all','bayesian_head','all',2,'width_90',2.29042429505777489495e+00,2.15299883735430830355e+00,2.42784975276124148635e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',92,'pbc','all','bayesian_head','placebo, stage 3',-1,'mae',0.508799766383502,4.78271780400491897111e-01,5.39327752366512092052e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',93,'pbc','all','bayesian_head','placebo, stage 3',-1,'crps',3.66335831796121447201e-01,3.44355681888354137054e-01,3.88315981703888757348e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',94,'pbc','all','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',95,'pbc','all','bayesian_head','placebo, stage 3',-1,'width_90',2.08607904217235784471e+00,1.96091429964201635627e+00,2.21124378470269933316e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',96,'pbc','all','last_value','all',-1,'mae',5.84781744105415279832e-01,5.49694839459090367483e-01,6.19868648751740192182e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',97,'pbc','all','last_value','all',-1,'crps',0.421042855755899,3.95780284410545080131e-01,4.46305427101252927268e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',98,'pbc','all','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',99,'pbc','all','last_value','all',-1,'width_90',2.39760515083220226983e+00,2.25374884178227,2.5414614598821345659e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',100,'pbc','all','last_value','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',101,'pbc','all','last_value','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',102,'pbc','all','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',103,'pbc','all','last_value','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',104,'pbc','all','last_value','all',2,'mae',6.04548633113123679017e-01,5.68275715126336233851e-01,6.40821551099911124182e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',105,'pbc','all','last_value','all',2,'crps',0.435275015841449,4.09158514890962055066e-01,4.61391516791935962782e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',106,'pbc','all','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',107,'pbc','all','last_value','all',2,'width_90',2.47864939576380693964e+00,2.32993043201797833674e+00,2.62736835950963554253e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',108,'pbc','all','last_value','placebo, stage 3',-1,'mae',5.55542656900144593556e-01,5.22210097486135893518e-01,5.88875216314153293595e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',109,'pbc','all','last_value','placebo, stage 3',-1,'crps',3.99990712968104067392e-01,3.75991270190017823349e-01,4.23990155746190311436e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',110,'pbc','all','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',111,'pbc','all','last_value','placebo, stage 3',-1,'width_90',2.27772489329059268925e+00,2.14106139969315734106e+00,2.41438838688802803744e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',112,'pbc','all','un_adapted','all',-1,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',113,'pbc','all','un_adapted','all',-1,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',114,'pbc','all','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',115,'pbc','all','un_adapted','all',-1,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',116,'pbc','all','un_adapted','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',117,'pbc','all','un_adapted','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',118,'pbc','all','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',119,'pbc','all','un_adapted','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',120,'pbc','all','un_adapted','all',2,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',121,'pbc','all','un_adapted','all',2,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',122,'pbc','all','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',123,'pbc','all','un_adapted','all',2,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',124,'pbc','all','un_adapted','placebo, stage 3',-1,'mae',8.36000000000000187405e-01,7.85840000000000205027e-01,8.86160000000000169784e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',125,'pbc','all','un_adapted','placebo, stage 3',-1,'crps',6.01920000000000121609e-01,5.65804800000000107651e-01,6.38035200000000135567e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',126,'pbc','all','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',127,'pbc','all','un_adapted','placebo, stage 3',-1,'width_90',3.42760000000000042419e+00,3.22194400000000058525e+00,3.63325600000000026312e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',128,'pbc','edema','champion','all',-1,'auroc',8.24960365905937687003e-01,7.75462743951581434664e-01,8.74457987860293939341e-01,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',129,'pbc','edema','champion','all',-1,'brier',1.26255945114109369153e-01,1.18680588407262810335e-01,1.33831301820955927972e-01,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',130,'pbc','edema','champion','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',131,'pbc','edema','champion','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',132,'pbc','edema','champion','all',2,'auroc',8.21414305817282142108e-01,7.72129447468245189156e-01,8.70699164166319095059e-01,62,124,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',133,'pbc','edema','champion','all',2,'brier',1.26787854127407673132e-01,1.19180582879763213854e-01,1.3439512537505213241e-01,62,124,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',134,'pbc','edema','bayesian_head','all',-1,'auroc',8.22097643424535617917e-01,7.72771784819063500826e-01,8.71423502030007735008e-01,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',135,'pbc','edema','bayesian_head','all',-1,'brier',1.26685353486319651761e-01,1.19084232277140475431e-01,1.34286474695498841969e-01,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',136,'pbc','edema','bayesian_head','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',137,'pbc','edema','bayesian_head','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',138,'pbc','edema','bayesian_head','all',2,'auroc',8.18743262259591153551e-01,7.69618666524015671015e-01,8.67867857995166636086e-01,62,124,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',139,'pbc','edema','bayesian_head','all',2,'brier',1.27188510661061349171e-01,1.1955720002139766378e-01,1.34819821300725034562e-01,62,124,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',140,'pbc','edema','last_value','all',-1,'auroc',8.14940837221030500714e-01,7.6604438698776866623e-01,8.63837287454292335198e-01,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',141,'pbc','edema','last_value','all',-1,'brier',1.2775887441684541379e-01,1.20093341951834686742e-01,1.35424406881856140838e-01,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',142,'pbc','edema','last_value','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',143,'pbc','edema','last_value','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',144,'pbc','edema','last_value','all',2,'auroc',8.12065653365363848692e-01,0.763341714163442,8.607895925672857107e-01,62,124,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',145,'pbc','edema','last_value','all',2,'brier',1.28190151995195428247e-01,1.20498742875483705327e-01,1.35881561114907151166e-01,62,124,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',146,'pbc','edema','un_adapted','all',-1,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',147,'pbc','edema','un_adapted','all',-1,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',148,'pbc','edema','un_adapted','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',149,'pbc','edema','un_adapted','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',150,'pbc','edema','un_adapted','all',2,'auroc',0.772,0.72568,0.81832,62,124,'');
INSERT INTO "evaluation" VALUES('1ff55c6ff89dad7b',151,'pbc','edema','un_adapted','all',2,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,124,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',0,'pbc','bili','champion','all',-1,'mae',3.75198170470311842539e-01,3.52686280242093141978e-01,3.97710060698530543099e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',1,'pbc','bili','champion','all',-1,'crps',2.70142682738624517746e-01,2.53934121774307075547e-01,2.86351243702941959945e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',2,'pbc','bili','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',3,'pbc','bili','champion','all',-1,'width_90',1.53831249892827837122e+00,1.44601374899258172668e+00,1.63061124886397501576e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',4,'pbc','bili','champion','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',5,'pbc','bili','champion','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',6,'pbc','bili','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',7,'pbc','bili','champion','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',8,'pbc','bili','champion','all',2,'mae',3.92928470913589622526e-01,3.69352762658774258497e-01,0.416504179168405,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',9,'pbc','bili','champion','all',2,'crps',2.8290849905778453488e-01,2.65933989114317481661e-01,2.99883009001251588099e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',10,'pbc','bili','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',11,'pbc','bili','champion','all',2,'width_90',1.6110067307457172081e+00,1.51434632690097425999e+00,1.70766713459046015621e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',12,'pbc','bili','champion','placebo, stage 3',-1,'mae',3.56438261946796286494e-01,3.35051966229988507084e-01,3.77824557663604065904e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',13,'pbc','bili','champion','placebo, stage 3',-1,'crps',2.5663554860169329741e-01,2.41237415685591705116e-01,2.72033681517794889703e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',14,'pbc','bili','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',15,'pbc','bili','champion','placebo, stage 3',-1,'width_90',1.46139687398186457478e+00,1.37371306154295269585e+00,1.54908068642077645371e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',16,'pbc','bili','bayesian_head','all',-1,'mae',0.389511782877322,3.66141075904682700148e-01,4.1288248984996134272e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',17,'pbc','bili','bayesian_head','all',-1,'crps',2.80448483671671855432e-01,2.63621574651371537445e-01,2.9727539269197217342e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',18,'pbc','bili','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',19,'pbc','bili','bayesian_head','all',-1,'width_90',1.59699830979702017685e+00,1.5011784112091990373e+00,1.69281820838484131641e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',20,'pbc','bili','bayesian_head','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',21,'pbc','bili','bayesian_head','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',22,'pbc','bili','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',23,'pbc','bili','bayesian_head','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',24,'pbc','bili','bayesian_head','all',2,'mae',4.06283688702044287754e-01,3.81906667379921627158e-01,4.3066071002416694835e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',25,'pbc','bili','bayesian_head','all',2,'crps',2.9252425586547187164e-01,2.74972800513543558231e-01,3.10075711217400185049e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',26,'pbc','bili','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',27,'pbc','bili','bayesian_head','all',2,'width_90',1.66576312367838141881e+00,1.56581733625767860473e+00,1.76570891109908423288e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',28,'pbc','bili','bayesian_head','placebo, stage 3',-1,'mae',3.70036193733455920362e-01,3.47834022109448581794e-01,3.92238365357463258931e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',29,'pbc','bili','bayesian_head','placebo, stage 3',-1,'crps',2.66426059488088229354e-01,2.50440495918802907837e-01,2.82411623057373550871e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',30,'pbc','bili','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',31,'pbc','bili','bayesian_head','placebo, stage 3',-1,'width_90',1.51714839430716907919e+00,1.42611949064873888559e+00,1.60817729796559927279e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',32,'pbc','bili','last_value','all',-1,'mae',4.25295813894847496428e-01,3.99778065061156651083e-01,4.50813562728538341772e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',33,'pbc','bili','last_value','all',-1,'crps',3.06212986004290199648e-01,2.87840206844032775457e-01,3.2458576516454762384e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',34,'pbc','bili','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',35,'pbc','bili','last_value','all',-1,'width_90',1.74371283696887457992e+00,1.63909006675074220282e+00,1.84833560718700695701e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',36,'pbc','bili','last_value','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',37,'pbc','bili','last_value','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',38,'pbc','bili','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',39,'pbc','bili','last_value','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',40,'pbc','bili','last_value','all',2,'mae',4.39671733173180812048e-01,4.1329142918278993779e-01,4.66052037163571686306e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',41,'pbc','bili','last_value','all',2,'crps',3.16563647884690158029e-01,2.97569829011608777413e-01,3.35557466757771538645e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',42,'pbc','bili','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',43,'pbc','bili','last_value','all',2,'width_90',1.80265410601004116841e+00,1.69449485964943868943e+00,1.9108133523706436474e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',44,'pbc','bili','last_value','placebo, stage 3',-1,'mae',4.04031023200105143811e-01,3.79789161808098851835e-01,4.28272884592111435786e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',45,'pbc','bili','last_value','placebo, stage 3',-1,'crps',2.90902336704075670237e-01,2.73448196501831108928e-01,3.08356476906320231545e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',46,'pbc','bili','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',47,'pbc','bili','last_value','placebo, stage 3',-1,'width_90',1.65652719512043100635e+00,1.55713556341320513709e+00,1.75591882682765687562e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',48,'pbc','bili','un_adapted','all',-1,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',49,'pbc','bili','un_adapted','all',-1,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',50,'pbc','bili','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',51,'pbc','bili','un_adapted','all',-1,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',52,'pbc','bili','un_adapted','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',53,'pbc','bili','un_adapted','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',54,'pbc','bili','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',55,'pbc','bili','un_adapted','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',56,'pbc','bili','un_adapted','all',2,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',57,'pbc','bili','un_adapted','all',2,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',58,'pbc','bili','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',59,'pbc','bili','un_adapted','all',2,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',60,'pbc','bili','un_adapted','placebo, stage 3',-1,'mae',6.08000000000000206945e-01,5.71520000000000250039e-01,6.44480000000000163851e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',61,'pbc','bili','un_adapted','placebo, stage 3',-1,'crps',4.37760000000000149e-01,4.11494400000000148942e-01,4.64025600000000149059e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',62,'pbc','bili','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',63,'pbc','bili','un_adapted','placebo, stage 3',-1,'width_90',2.49280000000000079296e+00,2.34323200000000086973e+00,2.64236800000000071619e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',64,'pbc','all','champion','all',-1,'mae',5.15897484396678818185e-01,4.84943635332878097976e-01,5.46851333460479538395e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',65,'pbc','all','champion','all',-1,'crps',3.71446188765608753534e-01,3.49159417439672215e-01,3.93732960091545292069e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',66,'pbc','all','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',67,'pbc','all','champion','all',-1,'width_90',2.11517968602638317676e+00,1.98826890486480012398e+00,2.24209046718796622954e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',68,'pbc','all','champion','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',69,'pbc','all','champion','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',70,'pbc','all','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',71,'pbc','all','champion','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',72,'pbc','all','champion','all',2,'mae',5.40276647506185758729e-01,5.07860048655814577678e-01,5.7269324635655693978e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',73,'pbc','all','champion','all',2,'crps',3.88999186204453728521e-01,3.65659235032186502589e-01,4.12339137376720954453e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',74,'pbc','all','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',75,'pbc','all','champion','all',2,'width_90',2.21513425477536163299e+00,2.08222619948884,2.34804231006188324215e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',76,'pbc','all','champion','placebo, stage 3',-1,'mae',4.90102610176844921685e-01,4.60696453566234231935e-01,5.19508766787455611435e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',77,'pbc','all','champion','placebo, stage 3',-1,'crps',3.52873879327328332511e-01,3.3170144656768862923e-01,3.74046312086968035792e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',78,'pbc','all','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',79,'pbc','all','champion','placebo, stage 3',-1,'width_90',2.00942070172506381808e+00,1.88885545962156,2.12998594382856776263e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',80,'pbc','all','bayesian_head','all',-1,'mae',5.35578701456317807227e-01,5.03443979368938698826e-01,5.67713423543696915629e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',81,'pbc','all','bayesian_head','all',-1,'crps',3.8561666504854880122e-01,3.62479665145635898682e-01,4.08753664951461703758e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',82,'pbc','all','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',83,'pbc','all','bayesian_head','all',-1,'width_90',2.1958726759709028542e+00,2.06412031541264884282e+00,2.32762503652915686558e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',84,'pbc','all','bayesian_head','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',85,'pbc','all','bayesian_head','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',86,'pbc','all','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',87,'pbc','all','bayesian_head','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',88,'pbc','all','bayesian_head','all',2,'mae',0.558640071965311,5.2512166764739232061e-01,5.92158476283229595615e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',89,'pbc','all','bayesian_head','all',2,'crps',4.02220851815023872077e-01,3.78087600706122461957e-01,4.26354102923925282198e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',90,'pbc','all','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',91,'pbc','all','bayesian_head','all',2,'width_90',2.29042429505777489495e+00,2.15299883735430830355e+00,2.42784975276124148635e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',92,'pbc','all','bayesian_head','placebo, stage 3',-1,'mae',0.508799766383502,4.78271780400491897111e-01,5.39327752366512092052e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',93,'pbc','all','bayesian_head','placebo, stage 3',-1,'crps',3.66335831796121447201e-01,3.44355681888354137054e-01,3.88315981703888757348e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',94,'pbc','all','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',95,'pbc','all','bayesian_head','placebo, stage 3',-1,'width_90',2.08607904217235784471e+00,1.96091429964201635627e+00,2.21124378470269933316e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',96,'pbc','all','last_value','all',-1,'mae',5.84781744105415279832e-01,5.49694839459090367483e-01,6.19868648751740192182e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',97,'pbc','all','last_value','all',-1,'crps',0.421042855755899,3.95780284410545080131e-01,4.46305427101252927268e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',98,'pbc','all','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',99,'pbc','all','last_value','all',-1,'width_90',2.39760515083220226983e+00,2.25374884178227,2.5414614598821345659e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',100,'pbc','all','last_value','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',101,'pbc','all','last_value','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',102,'pbc','all','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',103,'pbc','all','last_value','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',104,'pbc','all','last_value','all',2,'mae',6.04548633113123679017e-01,5.68275715126336233851e-01,6.40821551099911124182e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',105,'pbc','all','last_value','all',2,'crps',0.435275015841449,4.09158514890962055066e-01,4.61391516791935962782e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',106,'pbc','all','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',107,'pbc','all','last_value','all',2,'width_90',2.47864939576380693964e+00,2.32993043201797833674e+00,2.62736835950963554253e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',108,'pbc','all','last_value','placebo, stage 3',-1,'mae',5.55542656900144593556e-01,5.22210097486135893518e-01,5.88875216314153293595e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',109,'pbc','all','last_value','placebo, stage 3',-1,'crps',3.99990712968104067392e-01,3.75991270190017823349e-01,4.23990155746190311436e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',110,'pbc','all','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',111,'pbc','all','last_value','placebo, stage 3',-1,'width_90',2.27772489329059268925e+00,2.14106139969315734106e+00,2.41438838688802803744e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',112,'pbc','all','un_adapted','all',-1,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',113,'pbc','all','un_adapted','all',-1,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',114,'pbc','all','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',115,'pbc','all','un_adapted','all',-1,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',116,'pbc','all','un_adapted','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',117,'pbc','all','un_adapted','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',118,'pbc','all','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',119,'pbc','all','un_adapted','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',120,'pbc','all','un_adapted','all',2,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',121,'pbc','all','un_adapted','all',2,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',122,'pbc','all','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',123,'pbc','all','un_adapted','all',2,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',124,'pbc','all','un_adapted','placebo, stage 3',-1,'mae',8.36000000000000187405e-01,7.85840000000000205027e-01,8.86160000000000169784e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',125,'pbc','all','un_adapted','placebo, stage 3',-1,'crps',6.01920000000000121609e-01,5.65804800000000107651e-01,6.38035200000000135567e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',126,'pbc','all','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',127,'pbc','all','un_adapted','placebo, stage 3',-1,'width_90',3.42760000000000042419e+00,3.22194400000000058525e+00,3.63325600000000026312e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',128,'pbc','edema','champion','all',-1,'auroc',8.24960365905937687003e-01,7.75462743951581434664e-01,8.74457987860293939341e-01,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',129,'pbc','edema','champion','all',-1,'brier',1.26255945114109369153e-01,1.18680588407262810335e-01,1.33831301820955927972e-01,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',130,'pbc','edema','champion','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',131,'pbc','edema','champion','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',132,'pbc','edema','champion','all',2,'auroc',8.21414305817282142108e-01,7.72129447468245189156e-01,8.70699164166319095059e-01,62,124,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',133,'pbc','edema','champion','all',2,'brier',1.26787854127407673132e-01,1.19180582879763213854e-01,1.3439512537505213241e-01,62,124,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',134,'pbc','edema','bayesian_head','all',-1,'auroc',8.22097643424535617917e-01,7.72771784819063500826e-01,8.71423502030007735008e-01,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',135,'pbc','edema','bayesian_head','all',-1,'brier',1.26685353486319651761e-01,1.19084232277140475431e-01,1.34286474695498841969e-01,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',136,'pbc','edema','bayesian_head','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',137,'pbc','edema','bayesian_head','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',138,'pbc','edema','bayesian_head','all',2,'auroc',8.18743262259591153551e-01,7.69618666524015671015e-01,8.67867857995166636086e-01,62,124,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',139,'pbc','edema','bayesian_head','all',2,'brier',1.27188510661061349171e-01,1.1955720002139766378e-01,1.34819821300725034562e-01,62,124,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',140,'pbc','edema','last_value','all',-1,'auroc',8.14940837221030500714e-01,7.6604438698776866623e-01,8.63837287454292335198e-01,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',141,'pbc','edema','last_value','all',-1,'brier',1.2775887441684541379e-01,1.20093341951834686742e-01,1.35424406881856140838e-01,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',142,'pbc','edema','last_value','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',143,'pbc','edema','last_value','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',144,'pbc','edema','last_value','all',2,'auroc',8.12065653365363848692e-01,0.763341714163442,8.607895925672857107e-01,62,124,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',145,'pbc','edema','last_value','all',2,'brier',1.28190151995195428247e-01,1.20498742875483705327e-01,1.35881561114907151166e-01,62,124,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',146,'pbc','edema','un_adapted','all',-1,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',147,'pbc','edema','un_adapted','all',-1,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',148,'pbc','edema','un_adapted','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',149,'pbc','edema','un_adapted','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',150,'pbc','edema','un_adapted','all',2,'auroc',0.772,0.72568,0.81832,62,124,'');
INSERT INTO "evaluation" VALUES('0525ab2f1d835de3',151,'pbc','edema','un_adapted','all',2,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,124,'');
CREATE TABLE findings (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	code TEXT, 
	severity TEXT, 
	rule TEXT, 
	source TEXT, 
	"column" TEXT, 
	cohort TEXT, 
	count INTEGER, 
	share DOUBLE, 
	message TEXT, 
	title TEXT, 
	kahn TEXT, 
	patients INTEGER, 
	predictions INTEGER, 
	withheld INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "findings" VALUES('1ff55c6ff89dad7b',0,'Q_KEY_CONFLICT','critical','visits.unique_key','visits','id','',4,0.006,'4 of 640 rows held back: patient and day are those of another row that differs.','Conflicting versions of one record','conformance',2,14,14);
INSERT INTO "findings" VALUES('1ff55c6ff89dad7b',1,'Q_HARD_RANGE','critical','visits.platelet.hard_range','visits','platelet','',10,0.016,'10 of 640 rows held back: platelet is outside what is possible (5 to 1500).','Impossible values','plausibility',8,42,7);
INSERT INTO "findings" VALUES('1ff55c6ff89dad7b',2,'W_COMPLETENESS','warning','visits.chol.missing_at_most','visits','chol','placebo, stage 4',221,0.345,'''chol'' is missing in 35% of rows; the contract allows 20%.','More is missing than allowed','completeness',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('1ff55c6ff89dad7b',3,'N_CATEGORY','info','visits.sex.type','visits','sex','',12,0.019,'12 cells of ''sex'' were declared spellings of a category and were replaced by the category.','Declared spellings of a category','conformance',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('0525ab2f1d835de3',0,'Q_KEY_CONFLICT','critical','visits.unique_key','visits','id','',4,0.006,'4 of 640 rows held back: patient and day are those of another row that differs.','Conflicting versions of one record','conformance',2,14,14);
INSERT INTO "findings" VALUES('0525ab2f1d835de3',1,'Q_HARD_RANGE','critical','visits.platelet.hard_range','visits','platelet','',10,0.016,'10 of 640 rows held back: platelet is outside what is possible (5 to 1500).','Impossible values','plausibility',8,42,7);
INSERT INTO "findings" VALUES('0525ab2f1d835de3',2,'W_COMPLETENESS','warning','visits.chol.missing_at_most','visits','chol','placebo, stage 4',221,0.345,'''chol'' is missing in 35% of rows; the contract allows 20%.','More is missing than allowed','completeness',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('0525ab2f1d835de3',3,'N_CATEGORY','info','visits.sex.type','visits','sex','',12,0.019,'12 cells of ''sex'' were declared spellings of a category and were replaced by the category.','Declared spellings of a category','conformance',NULL,NULL,NULL);
CREATE TABLE guards (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	guard TEXT, 
	rule TEXT, 
	cut_off DOUBLE, 
	false_alarms DOUBLE, 
	n_calibration INTEGER, 
	n_held_out INTEGER, 
	n_held_out_flagged INTEGER, 
	n_flagged INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "guards" VALUES('1ff55c6ff89dad7b',0,'trajectory','The newest own value lies far from what is expected from the earlier ones.',1.84,0.05,47,50,3,5);
INSERT INTO "guards" VALUES('1ff55c6ff89dad7b',1,'divergence','Adaptation moved a learner far away from every other predictor.',2.9,0.02,47,50,0,1);
INSERT INTO "guards" VALUES('0525ab2f1d835de3',0,'trajectory','The newest own value lies far from what is expected from the earlier ones.',1.84,0.05,47,50,3,5);
INSERT INTO "guards" VALUES('0525ab2f1d835de3',1,'divergence','Adaptation moved a learner far away from every other predictor.',2.9,0.02,47,50,0,1);
CREATE TABLE head (
	study TEXT NOT NULL, 
	release_id VARCHAR(16) NOT NULL, 
	sequence INTEGER NOT NULL, 
	PRIMARY KEY (study)
);
INSERT INTO "head" VALUES('pbc','1ff55c6ff89dad7b',5);
CREATE TABLE journal (
	sequence INTEGER NOT NULL, 
	study TEXT NOT NULL, 
	release_id VARCHAR(16) NOT NULL, 
	action TEXT NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	PRIMARY KEY (sequence)
);
INSERT INTO "journal" VALUES(1,'pbc','1ff55c6ff89dad7b','stage','2026-11-20T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(2,'pbc','1ff55c6ff89dad7b','promote','2026-11-20T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(3,'pbc','0525ab2f1d835de3','stage','2026-11-21T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(4,'pbc','0525ab2f1d835de3','promote','2026-11-21T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(5,'pbc','1ff55c6ff89dad7b','rollback','2026-11-22T03:00:00+00:00','steward: wrong units');
CREATE TABLE outcomes (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	name TEXT, 
	label TEXT, 
	kind TEXT, 
	unit TEXT, 
	scale TEXT, 
	reference_low DOUBLE, 
	reference_high DOUBLE, 
	position INTEGER, 
	whole INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "outcomes" VALUES('1ff55c6ff89dad7b',0,'bili','Bilirubin','continuous','mg/dL','log',0.1,1.2,0,0);
INSERT INTO "outcomes" VALUES('1ff55c6ff89dad7b',1,'albumin','Albumin','continuous','g/dL','identity',3.5,5.0,1,0);
INSERT INTO "outcomes" VALUES('1ff55c6ff89dad7b',2,'protime','Prothrombin time','continuous','s','log',9.5,12.0,2,0);
INSERT INTO "outcomes" VALUES('1ff55c6ff89dad7b',3,'platelet','Platelets','continuous','10^9/L','identity',150.0,400.0,3,0);
INSERT INTO "outcomes" VALUES('1ff55c6ff89dad7b',4,'alk_phos','Alkaline phosphatase','continuous','U/L','log',40.0,130.0,4,0);
INSERT INTO "outcomes" VALUES('1ff55c6ff89dad7b',5,'ast','Aspartate aminotransferase (AST)','continuous','U/L','log',8.0,40.0,5,0);
INSERT INTO "outcomes" VALUES('1ff55c6ff89dad7b',6,'edema','Oedema or ascites','binary','','identity',NULL,NULL,6,1);
INSERT INTO "outcomes" VALUES('0525ab2f1d835de3',0,'bili','Bilirubin','continuous','mg/dL','log',0.1,1.2,0,0);
INSERT INTO "outcomes" VALUES('0525ab2f1d835de3',1,'albumin','Albumin','continuous','g/dL','identity',3.5,5.0,1,0);
INSERT INTO "outcomes" VALUES('0525ab2f1d835de3',2,'protime','Prothrombin time','continuous','s','log',9.5,12.0,2,0);
INSERT INTO "outcomes" VALUES('0525ab2f1d835de3',3,'platelet','Platelets','continuous','10^9/L','identity',150.0,400.0,3,0);
INSERT INTO "outcomes" VALUES('0525ab2f1d835de3',4,'alk_phos','Alkaline phosphatase','continuous','U/L','log',40.0,130.0,4,0);
INSERT INTO "outcomes" VALUES('0525ab2f1d835de3',5,'ast','Aspartate aminotransferase (AST)','continuous','U/L','log',8.0,40.0,5,0);
INSERT INTO "outcomes" VALUES('0525ab2f1d835de3',6,'edema','Oedema or ascites','binary','','identity',NULL,NULL,6,1);
CREATE TABLE predictions (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT, 
	outcome TEXT, 
	predicted_time_days DOUBLE, 
	mean DOUBLE, 
	lower_50 DOUBLE, 
	upper_50 DOUBLE, 
	lower_80 DOUBLE, 
	upper_80 DOUBLE, 
	lower_90 DOUBLE, 
	upper_90 DOUBLE, 
	probability DOUBLE, 
	unadapted_mean DOUBLE, 
	unadapted_lower_90 DOUBLE, 
	unadapted_upper_90 DOUBLE, 
	unadapted_probability DOUBLE, 
	predictor TEXT, 
	support_size INTEGER, 
	newest_value_age_days DOUBLE, 
	status TEXT, 
	reason TEXT, 
	flags TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',0,'P0001','bili',2.33760000000000036377e+03,3.253,2.7042,3.9131,2.289,4.6229,2.0722,5.1066,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',1,'P0001','albumin',2.33760000000000036377e+03,2.1662,2.0151,2.3174,1.8787,2.4538,1.7973,2.5352,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',2,'P0001','protime',2.33760000000000036377e+03,12.6166,12.1883,13.0601,11.8143,13.4734,11.5966,13.7264,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',3,'P0001','platelet',2.33760000000000036377e+03,212.25,185.6557,238.8443,161.6655,262.8345,147.3425,277.1575,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',4,'P0001','alk_phos',2.33760000000000036377e+03,799.6147,671.4065,952.3049,573.4851,1114.909,521.9715,1224.9398,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',5,'P0001','ast',2.33760000000000036377e+03,82.7022,69.5839,98.2936,59.5451,114.8651,54.2561,126.0624,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',6,'P0001','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.375,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',7,'P0002','bili',1022.7,1.3693,1.0915,1.7177,0.8897,2.1074,0.7874,2.3811,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',8,'P0002','albumin',1022.7,3.4825,3.3229,3.6421,3.179,3.786,3.093,3.872,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient. The newest value is much lower than expected from the earlier ones.');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',9,'P0002','protime',1022.7,10.7249,10.3358,11.1287,9.9969,11.5059,9.7999,11.7372,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',10,'P0002','platelet',1022.7,186.25,156.9053,215.5947,130.4342,242.0658,114.6299,257.8701,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',11,'P0002','alk_phos',1022.7,920.9541,759.8385,1116.2324,638.8264,1327.679,575.9739,1472.5604,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',12,'P0002','ast',1022.7,157.0218,130.5309,188.8889,110.4904,223.1491,100.0243,246.4983,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',13,'P0002','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.521,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',14,'P0003','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',15,'P0003','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',16,'P0003','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',17,'P0003','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',18,'P0003','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',19,'P0003','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',20,'P0003','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.447,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',21,'P0004','bili',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',22,'P0004','albumin',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',23,'P0004','protime',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',24,'P0004','platelet',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',25,'P0004','alk_phos',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',26,'P0004','ast',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',27,'P0004','edema',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.214,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',28,'P0005','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',29,'P0005','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',30,'P0005','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',31,'P0005','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',32,'P0005','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',33,'P0005','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',34,'P0005','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.194,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',35,'P0006','bili',365.25,1.7889,1.2644,2.5308,0.9246,3.4609,0.767,4.172,NULL,1.6,0.3442,7.4377,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',36,'P0006','albumin',365.25,3.775,3.5855,3.9645,3.4146,4.1354,3.3126,4.2374,NULL,3.4,2.72,4.08,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',37,'P0006','protime',365.25,10.022,9.5777,10.4868,9.1939,10.9246,8.9721,11.1947,NULL,10.8,9.1174,12.7931,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',38,'P0006','platelet',365.25,265.5,227.0746,303.9254,192.4119,338.5881,171.717,359.283,NULL,235.0,81.8382,388.1618,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',39,'P0006','alk_phos',365.25,1440.729,1121.4875,1850.8454,894.6629,2320.0917,781.7519,2655.1902,NULL,1100.0,407.1717,2971.7194,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',40,'P0006','ast',365.25,78.0641,62.23,97.9271,50.7211,120.1473,44.8916,135.7494,NULL,110.0,47.1656,256.5429,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('1ff55c6ff89dad7b',41,'P0006','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.476,NULL,NULL,NULL,0.214,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',0,'P0001','bili',2.33760000000000036377e+03,1.7737,1.4745,2.1337,1.2481,2.5207,1.1299,2.7844,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',1,'P0001','albumin',2.33760000000000036377e+03,3.435,3.2838,3.5862,3.1474,3.7226,3.066,3.804,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',2,'P0001','protime',2.33760000000000036377e+03,12.4453,12.0228,12.8827,11.6539,13.2905,11.4391,13.54,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',3,'P0001','platelet',2.33760000000000036377e+03,179.875,153.2807,206.4693,129.2905,230.4595,114.9675,244.7825,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',4,'P0001','alk_phos',2.33760000000000036377e+03,483.5696,406.0352,575.9095,346.817,674.2448,315.664,740.7863,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',5,'P0001','ast',2.33760000000000036377e+03,177.5348,149.3741,211.0044,127.824,246.5782,116.4702,270.6152,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',6,'P0001','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.404,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',7,'P0002','bili',1022.7,0.9514,0.7584,1.1934,0.6181,1.4642,0.5471,1.6544,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',8,'P0002','albumin',1022.7,3.2425,3.0829,3.4021,2.939,3.546,2.853,3.632,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient. The newest value is much lower than expected from the earlier ones.');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',9,'P0002','protime',1022.7,10.7249,10.3358,11.1287,9.9969,11.5059,9.7999,11.7372,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',10,'P0002','platelet',1022.7,195.25,165.9053,224.5947,139.4342,251.0658,123.6299,266.8701,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',11,'P0002','alk_phos',1022.7,658.5184,543.3144,798.1501,456.786,949.3427,411.844,1052.9386,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',12,'P0002','ast',1022.7,163.2424,135.702,196.372,114.8676,231.9894,103.9869,256.2637,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',13,'P0002','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.154,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',14,'P0003','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',15,'P0003','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',16,'P0003','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',17,'P0003','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',18,'P0003','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',19,'P0003','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',20,'P0003','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.042,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',21,'P0004','bili',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',22,'P0004','albumin',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',23,'P0004','protime',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',24,'P0004','platelet',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',25,'P0004','alk_phos',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',26,'P0004','ast',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',27,'P0004','edema',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.214,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',28,'P0005','bili',1022.7,2.6909,2.1451,3.3755,1.7484,4.1415,1.5474,4.6793,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',29,'P0005','albumin',1022.7,3.2425,3.0829,3.4021,2.939,3.546,2.853,3.632,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',30,'P0005','protime',1022.7,9.732,9.3789,10.0984,9.0714,10.4407,8.8926,10.6506,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',31,'P0005','platelet',1022.7,231.25,201.9053,260.5947,175.4342,287.0658,159.6299,302.8701,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',32,'P0005','alk_phos',1022.7,1204.1401,993.4828,1459.4649,835.2604,1735.9297,753.0813,1925.361,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',33,'P0005','ast',1022.7,72.4192,60.2015,87.1165,50.9587,102.9174,46.1317,113.6862,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',34,'P0005','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.474,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',35,'P0006','bili',2.33760000000000036377e+03,1.6,1.3301,1.9247,1.1259,2.2738,1.0192,2.5117,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',36,'P0006','albumin',2.33760000000000036377e+03,3.715,3.5638,3.8662,3.4274,4.0026,3.346,4.084,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',37,'P0006','protime',2.33760000000000036377e+03,9.8311,9.4973,10.1767,9.206,10.4987,9.0363,10.6959,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',38,'P0006','platelet',2.33760000000000036377e+03,225.375,198.7807,251.9693,174.7905,275.9595,160.4675,290.2825,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',39,'P0006','alk_phos',2.33760000000000036377e+03,828.8444,695.9496,987.1162,594.4487,1155.6642,541.052,1269.7172,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',40,'P0006','ast',2.33760000000000036377e+03,40.2853,33.8952,47.88,29.0052,55.9522,26.4288,61.4066,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('0525ab2f1d835de3',41,'P0006','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.507,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
CREATE TABLE quality_missing (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	source TEXT, 
	"column" TEXT, 
	unit TEXT, 
	cohort TEXT, 
	count INTEGER, 
	size INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',0,'visits','chol','mg/dL','',221,626);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',1,'visits','chol','mg/dL','placebo, stage 1-2',20,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',2,'visits','chol','mg/dL','placebo, stage 3',22,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',3,'visits','chol','mg/dL','placebo, stage 4',61,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',4,'visits','chol','mg/dL','D-penicillamine, stage 1-2',15,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',5,'visits','chol','mg/dL','D-penicillamine, stage 3',18,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',6,'visits','chol','mg/dL','D-penicillamine, stage 4',85,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',7,'visits','platelet','10^9/L','',39,626);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',8,'visits','platelet','10^9/L','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',9,'visits','platelet','10^9/L','placebo, stage 3',NULL,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',10,'visits','platelet','10^9/L','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',11,'visits','platelet','10^9/L','D-penicillamine, stage 1-2',14,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',12,'visits','platelet','10^9/L','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',13,'visits','platelet','10^9/L','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',14,'visits','bili','mg/dL','',0,626);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',15,'visits','bili','mg/dL','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',16,'visits','bili','mg/dL','placebo, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',17,'visits','bili','mg/dL','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',18,'visits','bili','mg/dL','D-penicillamine, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',19,'visits','bili','mg/dL','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('1ff55c6ff89dad7b',20,'visits','bili','mg/dL','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',0,'visits','chol','mg/dL','',221,626);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',1,'visits','chol','mg/dL','placebo, stage 1-2',20,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',2,'visits','chol','mg/dL','placebo, stage 3',22,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',3,'visits','chol','mg/dL','placebo, stage 4',61,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',4,'visits','chol','mg/dL','D-penicillamine, stage 1-2',15,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',5,'visits','chol','mg/dL','D-penicillamine, stage 3',18,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',6,'visits','chol','mg/dL','D-penicillamine, stage 4',85,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',7,'visits','platelet','10^9/L','',39,626);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',8,'visits','platelet','10^9/L','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',9,'visits','platelet','10^9/L','placebo, stage 3',NULL,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',10,'visits','platelet','10^9/L','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',11,'visits','platelet','10^9/L','D-penicillamine, stage 1-2',14,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',12,'visits','platelet','10^9/L','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',13,'visits','platelet','10^9/L','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',14,'visits','bili','mg/dL','',0,626);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',15,'visits','bili','mg/dL','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',16,'visits','bili','mg/dL','placebo, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',17,'visits','bili','mg/dL','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',18,'visits','bili','mg/dL','D-penicillamine, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',19,'visits','bili','mg/dL','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('0525ab2f1d835de3',20,'visits','bili','mg/dL','D-penicillamine, stage 4',0,104);
CREATE TABLE quality_rules (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	source TEXT, 
	rule TEXT, 
	code TEXT, 
	title TEXT, 
	cohort TEXT, 
	unit TEXT, 
	count INTEGER, 
	size INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',0,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','','rows',4,640);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',1,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','','rows',10,640);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',2,'visits','visits.chol.missing_at_most','W_COMPLETENESS','More is missing than allowed','','rows',221,640);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',3,'visits','visits.sex.type','N_CATEGORY','Declared spellings of a category','','rows',12,640);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',4,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 1-2','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',5,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',6,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',7,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',8,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',9,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 4','patients',12,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',10,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',11,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',12,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',13,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',14,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('1ff55c6ff89dad7b',15,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',0,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','','rows',4,640);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',1,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','','rows',10,640);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',2,'visits','visits.chol.missing_at_most','W_COMPLETENESS','More is missing than allowed','','rows',221,640);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',3,'visits','visits.sex.type','N_CATEGORY','Declared spellings of a category','','rows',12,640);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',4,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 1-2','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',5,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',6,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',7,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',8,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',9,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 4','patients',12,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',10,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',11,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',12,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',13,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',14,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('0525ab2f1d835de3',15,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 4','patients',0,15);
CREATE TABLE quality_shapes (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	source TEXT, 
	"column" TEXT, 
	part TEXT, 
	unit TEXT, 
	axis TEXT, 
	labels TEXT, 
	counts TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "quality_shapes" VALUES('1ff55c6ff89dad7b',0,'visits','bili','','mg/dL','log','["0.1", "40"]','[null, null, null, null, 15, 23, 33, 45, 58, 70, 81, 88, 90, 88, 81, 70, 58, 45, 33, 23, 15, null, null, null, null, null, 0, 0, 0, 0, 0, 0]');
INSERT INTO "quality_shapes" VALUES('1ff55c6ff89dad7b',1,'visits','sex','','','categories','["f", "m"]','[540, 86]');
INSERT INTO "quality_shapes" VALUES('0525ab2f1d835de3',0,'visits','bili','','mg/dL','log','["0.1", "40"]','[null, null, null, null, 15, 23, 33, 45, 58, 70, 81, 88, 90, 88, 81, 70, 58, 45, 33, 23, 15, null, null, null, null, null, 0, 0, 0, 0, 0, 0]');
INSERT INTO "quality_shapes" VALUES('0525ab2f1d835de3',1,'visits','sex','','','categories','["f", "m"]','[540, 86]');
CREATE TABLE records (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT, 
	time_days DOUBLE, 
	outcome TEXT, 
	value DOUBLE, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',0,'P0001',0.0,'bili',2.5);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',1,'P0001',328.725,'bili',2.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',2,'P0001',657.45,'bili',2.6);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',3,'P0001',9.86175000000000068212e+02,'bili',2.8);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',4,'P0001',1314.9,'bili',2.6);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',5,'P0001',1643.625,'bili',3.8);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',6,'P0001',1.97235000000000013642e+03,'bili',3.6);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',7,'P0001',0.0,'albumin',2.41);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',8,'P0001',328.725,'albumin',2.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',9,'P0001',657.45,'albumin',2.37);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',10,'P0001',9.86175000000000068212e+02,'albumin',2.31);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',11,'P0001',1314.9,'albumin',2.67);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',12,'P0001',1643.625,'albumin',1.89);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',13,'P0001',1.97235000000000013642e+03,'albumin',1.99);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',14,'P0001',0.0,'protime',13.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',15,'P0001',328.725,'protime',12.7);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',16,'P0001',657.45,'protime',12.1);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',17,'P0001',9.86175000000000068212e+02,'protime',13.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',18,'P0001',1314.9,'protime',13.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',19,'P0001',1643.625,'protime',12.5);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',20,'P0001',1.97235000000000013642e+03,'protime',12.9);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',21,'P0001',0.0,'platelet',225.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',22,'P0001',328.725,'platelet',227.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',23,'P0001',657.45,'platelet',219.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',24,'P0001',9.86175000000000068212e+02,'platelet',193.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',25,'P0001',1314.9,'platelet',230.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',26,'P0001',1643.625,'platelet',236.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',27,'P0001',1.97235000000000013642e+03,'platelet',209.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',28,'P0001',0.0,'alk_phos',619.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',29,'P0001',328.725,'alk_phos',898.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',30,'P0001',657.45,'alk_phos',567.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',31,'P0001',9.86175000000000068212e+02,'alk_phos',957.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',32,'P0001',1314.9,'alk_phos',779.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',33,'P0001',1643.625,'alk_phos',589.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',34,'P0001',1.97235000000000013642e+03,'alk_phos',764.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',35,'P0001',0.0,'ast',88.2);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',36,'P0001',328.725,'ast',86.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',37,'P0001',657.45,'ast',120.9);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',38,'P0001',9.86175000000000068212e+02,'ast',103.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',39,'P0001',1314.9,'ast',124.5);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',40,'P0001',1643.625,'ast',143.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',41,'P0001',1.97235000000000013642e+03,'ast',79.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',42,'P0001',0.0,'edema',1.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',43,'P0001',328.725,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',44,'P0001',657.45,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',45,'P0001',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',46,'P0001',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',47,'P0001',1643.625,'edema',1.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',48,'P0001',1.97235000000000013642e+03,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',49,'P0002',0.0,'bili',1.1);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',50,'P0002',328.725,'bili',1.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',51,'P0002',657.45,'bili',1.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',52,'P0002',0.0,'albumin',3.2);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',53,'P0002',328.725,'albumin',3.61);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',54,'P0002',657.45,'albumin',3.51);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',55,'P0002',0.0,'protime',10.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',56,'P0002',328.725,'protime',10.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',57,'P0002',657.45,'protime',10.7);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',58,'P0002',0.0,'platelet',247.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',59,'P0002',328.725,'platelet',296.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',60,'P0002',657.45,'platelet',170.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',61,'P0002',0.0,'alk_phos',714.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',62,'P0002',328.725,'alk_phos',1109.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',63,'P0002',657.45,'alk_phos',868.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',64,'P0002',0.0,'ast',191.7);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',65,'P0002',328.725,'ast',218.9);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',66,'P0002',657.45,'ast',176.8);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',67,'P0002',0.0,'edema',1.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',68,'P0002',328.725,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',69,'P0002',657.45,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',70,'P0004',0.0,'bili',0.5);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',71,'P0004',328.725,'bili',0.7);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',72,'P0004',657.45,'bili',0.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',73,'P0004',9.86175000000000068212e+02,'bili',0.2);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',74,'P0004',1314.9,'bili',0.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',75,'P0004',0.0,'albumin',3.03);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',76,'P0004',328.725,'albumin',3.21);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',77,'P0004',657.45,'albumin',2.98);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',78,'P0004',9.86175000000000068212e+02,'albumin',3.12);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',79,'P0004',1314.9,'albumin',3.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',80,'P0004',0.0,'protime',9.5);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',81,'P0004',328.725,'protime',10.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',82,'P0004',657.45,'protime',9.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',83,'P0004',9.86175000000000068212e+02,'protime',9.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',84,'P0004',1314.9,'protime',10.7);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',85,'P0004',0.0,'platelet',250.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',86,'P0004',328.725,'platelet',214.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',87,'P0004',657.45,'platelet',221.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',88,'P0004',9.86175000000000068212e+02,'platelet',246.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',89,'P0004',1314.9,'platelet',240.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',90,'P0004',0.0,'alk_phos',502.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',91,'P0004',328.725,'alk_phos',461.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',92,'P0004',657.45,'alk_phos',494.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',93,'P0004',9.86175000000000068212e+02,'alk_phos',579.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',94,'P0004',1314.9,'alk_phos',990.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',95,'P0004',0.0,'ast',38.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',96,'P0004',328.725,'ast',65.2);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',97,'P0004',657.45,'ast',82.1);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',98,'P0004',9.86175000000000068212e+02,'ast',62.2);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',99,'P0004',1314.9,'ast',56.7);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',100,'P0004',0.0,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',101,'P0004',328.725,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',102,'P0004',657.45,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',103,'P0004',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',104,'P0004',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',105,'P0006',0.0,'bili',2.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',106,'P0006',0.0,'albumin',4.15);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',107,'P0006',0.0,'protime',9.3);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',108,'P0006',0.0,'platelet',296.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',109,'P0006',0.0,'alk_phos',1887.0);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',110,'P0006',0.0,'ast',55.4);
INSERT INTO "records" VALUES('1ff55c6ff89dad7b',111,'P0006',0.0,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',0,'P0001',0.0,'bili',1.3);
INSERT INTO "records" VALUES('0525ab2f1d835de3',1,'P0001',328.725,'bili',1.5);
INSERT INTO "records" VALUES('0525ab2f1d835de3',2,'P0001',657.45,'bili',1.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',3,'P0001',9.86175000000000068212e+02,'bili',1.9);
INSERT INTO "records" VALUES('0525ab2f1d835de3',4,'P0001',1314.9,'bili',1.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',5,'P0001',1643.625,'bili',1.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',6,'P0001',1.97235000000000013642e+03,'bili',1.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',7,'P0001',0.0,'albumin',3.5);
INSERT INTO "records" VALUES('0525ab2f1d835de3',8,'P0001',328.725,'albumin',2.71);
INSERT INTO "records" VALUES('0525ab2f1d835de3',9,'P0001',657.45,'albumin',2.72);
INSERT INTO "records" VALUES('0525ab2f1d835de3',10,'P0001',9.86175000000000068212e+02,'albumin',2.79);
INSERT INTO "records" VALUES('0525ab2f1d835de3',11,'P0001',1314.9,'albumin',3.33);
INSERT INTO "records" VALUES('0525ab2f1d835de3',12,'P0001',1643.625,'albumin',3.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',13,'P0001',1.97235000000000013642e+03,'albumin',3.44);
INSERT INTO "records" VALUES('0525ab2f1d835de3',14,'P0001',0.0,'protime',11.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',15,'P0001',328.725,'protime',11.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',16,'P0001',657.45,'protime',12.1);
INSERT INTO "records" VALUES('0525ab2f1d835de3',17,'P0001',9.86175000000000068212e+02,'protime',10.9);
INSERT INTO "records" VALUES('0525ab2f1d835de3',18,'P0001',1314.9,'protime',11.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',19,'P0001',1643.625,'protime',11.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',20,'P0001',1.97235000000000013642e+03,'protime',12.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',21,'P0001',0.0,'platelet',149.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',22,'P0001',328.725,'platelet',201.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',23,'P0001',657.45,'platelet',149.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',24,'P0001',9.86175000000000068212e+02,'platelet',202.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',25,'P0001',1314.9,'platelet',74.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',26,'P0001',1643.625,'platelet',182.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',27,'P0001',1.97235000000000013642e+03,'platelet',172.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',28,'P0001',0.0,'alk_phos',683.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',29,'P0001',328.725,'alk_phos',518.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',30,'P0001',657.45,'alk_phos',655.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',31,'P0001',9.86175000000000068212e+02,'alk_phos',929.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',32,'P0001',1314.9,'alk_phos',552.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',33,'P0001',1643.625,'alk_phos',484.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',34,'P0001',1.97235000000000013642e+03,'alk_phos',430.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',35,'P0001',0.0,'ast',140.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',36,'P0001',328.725,'ast',142.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',37,'P0001',657.45,'ast',170.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',38,'P0001',9.86175000000000068212e+02,'ast',110.3);
INSERT INTO "records" VALUES('0525ab2f1d835de3',39,'P0001',1314.9,'ast',97.5);
INSERT INTO "records" VALUES('0525ab2f1d835de3',40,'P0001',1643.625,'ast',77.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',41,'P0001',1.97235000000000013642e+03,'ast',190.1);
INSERT INTO "records" VALUES('0525ab2f1d835de3',42,'P0001',0.0,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',43,'P0001',328.725,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',44,'P0001',657.45,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',45,'P0001',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',46,'P0001',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',47,'P0001',1643.625,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',48,'P0001',1.97235000000000013642e+03,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',49,'P0002',0.0,'bili',0.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',50,'P0002',328.725,'bili',0.9);
INSERT INTO "records" VALUES('0525ab2f1d835de3',51,'P0002',657.45,'bili',0.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',52,'P0002',0.0,'albumin',3.14);
INSERT INTO "records" VALUES('0525ab2f1d835de3',53,'P0002',328.725,'albumin',3.02);
INSERT INTO "records" VALUES('0525ab2f1d835de3',54,'P0002',657.45,'albumin',3.19);
INSERT INTO "records" VALUES('0525ab2f1d835de3',55,'P0002',0.0,'protime',10.5);
INSERT INTO "records" VALUES('0525ab2f1d835de3',56,'P0002',328.725,'protime',9.6);
INSERT INTO "records" VALUES('0525ab2f1d835de3',57,'P0002',657.45,'protime',10.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',58,'P0002',0.0,'platelet',146.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',59,'P0002',328.725,'platelet',171.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',60,'P0002',657.45,'platelet',182.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',61,'P0002',0.0,'alk_phos',731.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',62,'P0002',328.725,'alk_phos',687.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',63,'P0002',657.45,'alk_phos',555.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',64,'P0002',0.0,'ast',122.6);
INSERT INTO "records" VALUES('0525ab2f1d835de3',65,'P0002',328.725,'ast',116.6);
INSERT INTO "records" VALUES('0525ab2f1d835de3',66,'P0002',657.45,'ast',186.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',67,'P0002',0.0,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',68,'P0002',328.725,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',69,'P0002',657.45,'edema',1.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',70,'P0004',0.0,'bili',1.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',71,'P0004',328.725,'bili',1.9);
INSERT INTO "records" VALUES('0525ab2f1d835de3',72,'P0004',657.45,'bili',1.3);
INSERT INTO "records" VALUES('0525ab2f1d835de3',73,'P0004',9.86175000000000068212e+02,'bili',1.3);
INSERT INTO "records" VALUES('0525ab2f1d835de3',74,'P0004',1314.9,'bili',1.3);
INSERT INTO "records" VALUES('0525ab2f1d835de3',75,'P0004',0.0,'albumin',2.91);
INSERT INTO "records" VALUES('0525ab2f1d835de3',76,'P0004',328.725,'albumin',3.06);
INSERT INTO "records" VALUES('0525ab2f1d835de3',77,'P0004',657.45,'albumin',3.18);
INSERT INTO "records" VALUES('0525ab2f1d835de3',78,'P0004',9.86175000000000068212e+02,'albumin',2.69);
INSERT INTO "records" VALUES('0525ab2f1d835de3',79,'P0004',1314.9,'albumin',2.97);
INSERT INTO "records" VALUES('0525ab2f1d835de3',80,'P0004',0.0,'protime',10.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',81,'P0004',328.725,'protime',10.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',82,'P0004',657.45,'protime',10.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',83,'P0004',9.86175000000000068212e+02,'protime',10.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',84,'P0004',1314.9,'protime',11.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',85,'P0004',0.0,'platelet',143.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',86,'P0004',328.725,'platelet',230.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',87,'P0004',657.45,'platelet',172.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',88,'P0004',9.86175000000000068212e+02,'platelet',274.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',89,'P0004',1314.9,'platelet',199.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',90,'P0004',0.0,'alk_phos',2239.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',91,'P0004',328.725,'alk_phos',1529.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',92,'P0004',657.45,'alk_phos',1604.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',93,'P0004',9.86175000000000068212e+02,'alk_phos',1730.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',94,'P0004',1314.9,'alk_phos',1507.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',95,'P0004',0.0,'ast',145.9);
INSERT INTO "records" VALUES('0525ab2f1d835de3',96,'P0004',328.725,'ast',124.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',97,'P0004',657.45,'ast',93.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',98,'P0004',9.86175000000000068212e+02,'ast',110.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',99,'P0004',1314.9,'ast',132.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',100,'P0004',0.0,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',101,'P0004',328.725,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',102,'P0004',657.45,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',103,'P0004',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',104,'P0004',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',105,'P0005',0.0,'bili',2.3);
INSERT INTO "records" VALUES('0525ab2f1d835de3',106,'P0005',328.725,'bili',3.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',107,'P0005',657.45,'bili',3.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',108,'P0005',0.0,'albumin',3.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',109,'P0005',328.725,'albumin',2.69);
INSERT INTO "records" VALUES('0525ab2f1d835de3',110,'P0005',657.45,'albumin',3.19);
INSERT INTO "records" VALUES('0525ab2f1d835de3',111,'P0005',0.0,'protime',10.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',112,'P0005',328.725,'protime',9.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',113,'P0005',657.45,'protime',9.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',114,'P0005',0.0,'platelet',302.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',115,'P0005',328.725,'platelet',270.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',116,'P0005',657.45,'platelet',230.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',117,'P0005',0.0,'alk_phos',1633.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',118,'P0005',328.725,'alk_phos',1739.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',119,'P0005',657.45,'alk_phos',1241.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',120,'P0005',0.0,'ast',130.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',121,'P0005',328.725,'ast',85.9);
INSERT INTO "records" VALUES('0525ab2f1d835de3',122,'P0005',657.45,'ast',63.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',123,'P0005',0.0,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',124,'P0005',328.725,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',125,'P0005',657.45,'edema',1.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',126,'P0006',0.0,'bili',0.8);
INSERT INTO "records" VALUES('0525ab2f1d835de3',127,'P0006',328.725,'bili',1.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',128,'P0006',657.45,'bili',1.1);
INSERT INTO "records" VALUES('0525ab2f1d835de3',129,'P0006',9.86175000000000068212e+02,'bili',0.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',130,'P0006',1314.9,'bili',0.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',131,'P0006',1643.625,'bili',1.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',132,'P0006',1.97235000000000013642e+03,'bili',1.6);
INSERT INTO "records" VALUES('0525ab2f1d835de3',133,'P0006',0.0,'albumin',3.39);
INSERT INTO "records" VALUES('0525ab2f1d835de3',134,'P0006',328.725,'albumin',3.61);
INSERT INTO "records" VALUES('0525ab2f1d835de3',135,'P0006',657.45,'albumin',3.53);
INSERT INTO "records" VALUES('0525ab2f1d835de3',136,'P0006',9.86175000000000068212e+02,'albumin',3.51);
INSERT INTO "records" VALUES('0525ab2f1d835de3',137,'P0006',1314.9,'albumin',3.24);
INSERT INTO "records" VALUES('0525ab2f1d835de3',138,'P0006',1643.625,'albumin',3.72);
INSERT INTO "records" VALUES('0525ab2f1d835de3',139,'P0006',1.97235000000000013642e+03,'albumin',3.76);
INSERT INTO "records" VALUES('0525ab2f1d835de3',140,'P0006',0.0,'protime',10.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',141,'P0006',328.725,'protime',9.5);
INSERT INTO "records" VALUES('0525ab2f1d835de3',142,'P0006',657.45,'protime',9.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',143,'P0006',9.86175000000000068212e+02,'protime',10.5);
INSERT INTO "records" VALUES('0525ab2f1d835de3',144,'P0006',1314.9,'protime',10.6);
INSERT INTO "records" VALUES('0525ab2f1d835de3',145,'P0006',1643.625,'protime',10.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',146,'P0006',1.97235000000000013642e+03,'protime',9.7);
INSERT INTO "records" VALUES('0525ab2f1d835de3',147,'P0006',0.0,'platelet',313.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',148,'P0006',328.725,'platelet',435.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',149,'P0006',657.45,'platelet',405.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',150,'P0006',9.86175000000000068212e+02,'platelet',357.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',151,'P0006',1314.9,'platelet',300.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',152,'P0006',1643.625,'platelet',338.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',153,'P0006',1.97235000000000013642e+03,'platelet',224.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',154,'P0006',0.0,'alk_phos',846.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',155,'P0006',328.725,'alk_phos',763.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',156,'P0006',657.45,'alk_phos',1256.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',157,'P0006',9.86175000000000068212e+02,'alk_phos',1095.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',158,'P0006',1314.9,'alk_phos',1083.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',159,'P0006',1643.625,'alk_phos',1249.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',160,'P0006',1.97235000000000013642e+03,'alk_phos',796.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',161,'P0006',0.0,'ast',58.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',162,'P0006',328.725,'ast',71.4);
INSERT INTO "records" VALUES('0525ab2f1d835de3',163,'P0006',657.45,'ast',53.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',164,'P0006',9.86175000000000068212e+02,'ast',60.6);
INSERT INTO "records" VALUES('0525ab2f1d835de3',165,'P0006',1314.9,'ast',36.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',166,'P0006',1643.625,'ast',40.2);
INSERT INTO "records" VALUES('0525ab2f1d835de3',167,'P0006',1.97235000000000013642e+03,'ast',34.9);
INSERT INTO "records" VALUES('0525ab2f1d835de3',168,'P0006',0.0,'edema',1.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',169,'P0006',328.725,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',170,'P0006',657.45,'edema',1.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',171,'P0006',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',172,'P0006',1314.9,'edema',1.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',173,'P0006',1643.625,'edema',0.0);
INSERT INTO "records" VALUES('0525ab2f1d835de3',174,'P0006',1.97235000000000013642e+03,'edema',0.0);
CREATE TABLE releases (
	release_id VARCHAR(16) NOT NULL, 
	study TEXT NOT NULL, 
	manifest TEXT NOT NULL, 
	content_sha256 VARCHAR(64) NOT NULL, 
	staged_at TEXT NOT NULL, 
	PRIMARY KEY (release_id)
);
INSERT INTO "releases" VALUES('1ff55c6ff89dad7b','pbc','{"code_version": "0.1.0", "contract": "pbc", "contract_version": "1.0.0", "data_sha256": "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "patients_quarantined": 2, "report": ".meta_med/reports/pbc.html", "rows_accepted": 626, "rows_in": 640, "rows_quarantined": 14, "seed": 1, "title": "Primary biliary cholangitis: the next visit", "verdict": "quarantine"}','2db55078fccb536f5a10309e2b7f15d4e0d742351b69cc5cc95b5806197c4940','2026-11-20T03:00:00+00:00');
INSERT INTO "releases" VALUES('0525ab2f1d835de3','pbc','{"code_version": "0.1.0", "contract": "pbc", "contract_version": "1.0.0", "data_sha256": "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "patients_quarantined": 2, "report": ".meta_med/reports/pbc.html", "rows_accepted": 626, "rows_in": 640, "rows_quarantined": 14, "seed": 2, "title": "Primary biliary cholangitis: the next visit", "verdict": "quarantine"}','1e82b91a63df94d7e5da3266ee9514b492298aa7b160a1d475fb4b00e6b3b8d7','2026-11-21T03:00:00+00:00');
CREATE TABLE sentinels (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	sentinel TEXT, 
	claim TEXT, 
	verdict TEXT, 
	evidence TEXT, 
	value DOUBLE, 
	ci_low DOUBLE, 
	ci_high DOUBLE, 
	"limit" DOUBLE, 
	n_patients INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "sentinels" VALUES('1ff55c6ff89dad7b',0,'shuffled_outcomes','Outcomes dealt at random cannot be predicted.','held','Skill -21.0 % (95 % interval -25.1 to -17.2 %).',-0.21,-0.251,-0.172,0.02,62);
INSERT INTO "sentinels" VALUES('1ff55c6ff89dad7b',1,'permuted_patient','A stranger''s records do not help.','held','6 % of the gain is left (95 % interval 0 to 19 %).',0.06,0.0,0.19,0.5,62);
INSERT INTO "sentinels" VALUES('1ff55c6ff89dad7b',2,'changed_future','What comes later changes nothing.','held','None of 180 predictions changed.',0.0,NULL,NULL,0.0,62);
INSERT INTO "sentinels" VALUES('0525ab2f1d835de3',0,'shuffled_outcomes','Outcomes dealt at random cannot be predicted.','held','Skill -21.0 % (95 % interval -25.1 to -17.2 %).',-0.21,-0.251,-0.172,0.02,62);
INSERT INTO "sentinels" VALUES('0525ab2f1d835de3',1,'permuted_patient','A stranger''s records do not help.','held','6 % of the gain is left (95 % interval 0 to 19 %).',0.06,0.0,0.19,0.5,62);
INSERT INTO "sentinels" VALUES('0525ab2f1d835de3',2,'changed_future','What comes later changes nothing.','held','None of 180 predictions changed.',0.0,NULL,NULL,0.0,62);
CREATE TABLE store (
	schema_version INTEGER NOT NULL, 
	PRIMARY KEY (schema_version)
);
INSERT INTO "store" VALUES(4);
CREATE TABLE subjects (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT, 
	cohort TEXT, 
	split TEXT, 
	n_records INTEGER, 
	newest_record_days DOUBLE, 
	status TEXT, 
	display TEXT, 
	remarks TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "subjects" VALUES('1ff55c6ff89dad7b',0,'P0001','D-penicillamine, stage 3','train',7,1.97235000000000013642e+03,'personalised','{"age": "72.7 years", "sex": "female"}','');
INSERT INTO "subjects" VALUES('1ff55c6ff89dad7b',1,'P0002','placebo, stage 3','train',3,657.45,'personalised','{"age": "44.0 years", "sex": "female"}','Held back and not used: 2 rows (impossible values).');
INSERT INTO "subjects" VALUES('1ff55c6ff89dad7b',2,'P0003','placebo, stage 4','tuning',0,NULL,'cohort','{"age": "49.0 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('1ff55c6ff89dad7b',3,'P0004','D-penicillamine, stage 3','calibration',5,1314.9,'withheld','{"age": "67.2 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('1ff55c6ff89dad7b',4,'P0005','placebo, stage 1-2','held_out',0,NULL,'cohort','{"age": "48.4 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('1ff55c6ff89dad7b',5,'P0006','placebo, stage 3','train',1,0.0,'personalised','{"age": "54.7 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('0525ab2f1d835de3',0,'P0001','D-penicillamine, stage 3','train',7,1.97235000000000013642e+03,'personalised','{"age": "34.1 years", "sex": "female"}','');
INSERT INTO "subjects" VALUES('0525ab2f1d835de3',1,'P0002','placebo, stage 4','train',3,657.45,'personalised','{"age": "57.0 years", "sex": "male"}','Held back and not used: 2 rows (impossible values).');
INSERT INTO "subjects" VALUES('0525ab2f1d835de3',2,'P0003','D-penicillamine, stage 3','tuning',0,NULL,'cohort','{"age": "62.8 years", "sex": "female"}','');
INSERT INTO "subjects" VALUES('0525ab2f1d835de3',3,'P0004','D-penicillamine, stage 3','calibration',5,1314.9,'withheld','{"age": "38.5 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('0525ab2f1d835de3',4,'P0005','D-penicillamine, stage 4','held_out',3,657.45,'personalised','{"age": "32.5 years", "sex": "female"}','');
INSERT INTO "subjects" VALUES('0525ab2f1d835de3',5,'P0006','placebo, stage 4','train',7,1.97235000000000013642e+03,'personalised','{"age": "42.4 years", "sex": "female"}','');
CREATE INDEX subjects_by_id ON subjects (release_id, subject_id);
CREATE INDEX records_by_subject ON records (release_id, subject_id, outcome, time_days);
CREATE INDEX predictions_by_subject ON predictions (release_id, subject_id, outcome);
CREATE INDEX evaluation_by_metric ON evaluation (release_id, outcome, metric);
CREATE INDEX cross_fitted_by_metric ON cross_fitted (release_id, outcome, metric);
COMMIT;
