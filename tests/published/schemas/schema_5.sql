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
INSERT INTO "champions" VALUES('ca801983750eabfc',0,'bili',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('ca801983750eabfc',1,'bili',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',2,'bili',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',3,'bili',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',4,'bili',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',5,'albumin',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('ca801983750eabfc',6,'albumin',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',7,'albumin',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',8,'albumin',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',9,'albumin',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',10,'protime',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('ca801983750eabfc',11,'protime',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',12,'protime',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',13,'protime',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',14,'protime',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',15,'platelet',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('ca801983750eabfc',16,'platelet',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',17,'platelet',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',18,'platelet',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',19,'platelet',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',20,'alk_phos',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('ca801983750eabfc',21,'alk_phos',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',22,'alk_phos',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',23,'alk_phos',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',24,'alk_phos',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',25,'ast',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('ca801983750eabfc',26,'ast',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',27,'ast',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',28,'ast',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',29,'ast',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',30,'edema',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('ca801983750eabfc',31,'edema',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',32,'edema',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',33,'edema',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('ca801983750eabfc',34,'edema',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',0,'bili',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c3a4d013291294a6',1,'bili',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',2,'bili',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',3,'bili',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',4,'bili',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',5,'albumin',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c3a4d013291294a6',6,'albumin',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',7,'albumin',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',8,'albumin',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',9,'albumin',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',10,'protime',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c3a4d013291294a6',11,'protime',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',12,'protime',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',13,'protime',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',14,'protime',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',15,'platelet',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c3a4d013291294a6',16,'platelet',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',17,'platelet',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',18,'platelet',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',19,'platelet',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',20,'alk_phos',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c3a4d013291294a6',21,'alk_phos',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',22,'alk_phos',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',23,'alk_phos',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',24,'alk_phos',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',25,'ast',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c3a4d013291294a6',26,'ast',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',27,'ast',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',28,'ast',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',29,'ast',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',30,'edema',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c3a4d013291294a6',31,'edema',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',32,'edema',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',33,'edema',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c3a4d013291294a6',34,'edema',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
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
INSERT INTO "cohorts" VALUES('ca801983750eabfc',0,'placebo, stage 1-2',1,0,0,0,0,1);
INSERT INTO "cohorts" VALUES('ca801983750eabfc',1,'placebo, stage 3',2,4,2,0,0,0);
INSERT INTO "cohorts" VALUES('ca801983750eabfc',2,'placebo, stage 4',1,0,0,1,0,0);
INSERT INTO "cohorts" VALUES('ca801983750eabfc',3,'D-penicillamine, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('ca801983750eabfc',4,'D-penicillamine, stage 3',2,12,1,0,1,0);
INSERT INTO "cohorts" VALUES('ca801983750eabfc',5,'D-penicillamine, stage 4',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('c3a4d013291294a6',0,'placebo, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('c3a4d013291294a6',1,'placebo, stage 3',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('c3a4d013291294a6',2,'placebo, stage 4',2,10,2,0,0,0);
INSERT INTO "cohorts" VALUES('c3a4d013291294a6',3,'D-penicillamine, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('c3a4d013291294a6',4,'D-penicillamine, stage 3',3,12,1,1,1,0);
INSERT INTO "cohorts" VALUES('c3a4d013291294a6',5,'D-penicillamine, stage 4',1,3,0,0,0,1);
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
INSERT INTO "evaluation" VALUES('ca801983750eabfc',0,'pbc','bili','champion','all',-1,'mae',3.75198170470311842539e-01,3.52686280242093141978e-01,3.97710060698530543099e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',1,'pbc','bili','champion','all',-1,'crps',2.70142682738624517746e-01,2.53934121774307075547e-01,2.86351243702941959945e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',2,'pbc','bili','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',3,'pbc','bili','champion','all',-1,'width_90',1.53831249892827837122e+00,1.44601374899258172668e+00,1.63061124886397501576e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',4,'pbc','bili','champion','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',5,'pbc','bili','champion','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',6,'pbc','bili','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',7,'pbc','bili','champion','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',8,'pbc','bili','champion','all',2,'mae',3.92928470913589622526e-01,3.69352762658774258497e-01,0.416504179168405,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',9,'pbc','bili','champion','all',2,'crps',2.8290849905778453488e-01,2.65933989114317481661e-01,2.99883009001251588099e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',10,'pbc','bili','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',11,'pbc','bili','champion','all',2,'width_90',1.6110067307457172081e+00,1.51434632690097425999e+00,1.70766713459046015621e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',12,'pbc','bili','champion','placebo, stage 3',-1,'mae',3.56438261946796286494e-01,3.35051966229988507084e-01,3.77824557663604065904e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',13,'pbc','bili','champion','placebo, stage 3',-1,'crps',2.5663554860169329741e-01,2.41237415685591705116e-01,2.72033681517794889703e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',14,'pbc','bili','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',15,'pbc','bili','champion','placebo, stage 3',-1,'width_90',1.46139687398186457478e+00,1.37371306154295269585e+00,1.54908068642077645371e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',16,'pbc','bili','bayesian_head','all',-1,'mae',0.389511782877322,3.66141075904682700148e-01,4.1288248984996134272e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',17,'pbc','bili','bayesian_head','all',-1,'crps',2.80448483671671855432e-01,2.63621574651371537445e-01,2.9727539269197217342e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',18,'pbc','bili','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',19,'pbc','bili','bayesian_head','all',-1,'width_90',1.59699830979702017685e+00,1.5011784112091990373e+00,1.69281820838484131641e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',20,'pbc','bili','bayesian_head','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',21,'pbc','bili','bayesian_head','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',22,'pbc','bili','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',23,'pbc','bili','bayesian_head','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',24,'pbc','bili','bayesian_head','all',2,'mae',4.06283688702044287754e-01,3.81906667379921627158e-01,4.3066071002416694835e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',25,'pbc','bili','bayesian_head','all',2,'crps',2.9252425586547187164e-01,2.74972800513543558231e-01,3.10075711217400185049e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',26,'pbc','bili','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',27,'pbc','bili','bayesian_head','all',2,'width_90',1.66576312367838141881e+00,1.56581733625767860473e+00,1.76570891109908423288e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',28,'pbc','bili','bayesian_head','placebo, stage 3',-1,'mae',3.70036193733455920362e-01,3.47834022109448581794e-01,3.92238365357463258931e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',29,'pbc','bili','bayesian_head','placebo, stage 3',-1,'crps',2.66426059488088229354e-01,2.50440495918802907837e-01,2.82411623057373550871e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',30,'pbc','bili','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',31,'pbc','bili','bayesian_head','placebo, stage 3',-1,'width_90',1.51714839430716907919e+00,1.42611949064873888559e+00,1.60817729796559927279e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',32,'pbc','bili','last_value','all',-1,'mae',4.25295813894847496428e-01,3.99778065061156651083e-01,4.50813562728538341772e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',33,'pbc','bili','last_value','all',-1,'crps',3.06212986004290199648e-01,2.87840206844032775457e-01,3.2458576516454762384e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',34,'pbc','bili','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',35,'pbc','bili','last_value','all',-1,'width_90',1.74371283696887457992e+00,1.63909006675074220282e+00,1.84833560718700695701e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',36,'pbc','bili','last_value','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',37,'pbc','bili','last_value','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',38,'pbc','bili','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',39,'pbc','bili','last_value','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',40,'pbc','bili','last_value','all',2,'mae',4.39671733173180812048e-01,4.1329142918278993779e-01,4.66052037163571686306e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',41,'pbc','bili','last_value','all',2,'crps',3.16563647884690158029e-01,2.97569829011608777413e-01,3.35557466757771538645e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',42,'pbc','bili','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',43,'pbc','bili','last_value','all',2,'width_90',1.80265410601004116841e+00,1.69449485964943868943e+00,1.9108133523706436474e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',44,'pbc','bili','last_value','placebo, stage 3',-1,'mae',4.04031023200105143811e-01,3.79789161808098851835e-01,4.28272884592111435786e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',45,'pbc','bili','last_value','placebo, stage 3',-1,'crps',2.90902336704075670237e-01,2.73448196501831108928e-01,3.08356476906320231545e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',46,'pbc','bili','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',47,'pbc','bili','last_value','placebo, stage 3',-1,'width_90',1.65652719512043100635e+00,1.55713556341320513709e+00,1.75591882682765687562e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',48,'pbc','bili','un_adapted','all',-1,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',49,'pbc','bili','un_adapted','all',-1,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',50,'pbc','bili','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',51,'pbc','bili','un_adapted','all',-1,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',52,'pbc','bili','un_adapted','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',53,'pbc','bili','un_adapted','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',54,'pbc','bili','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',55,'pbc','bili','un_adapted','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',56,'pbc','bili','un_adapted','all',2,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',57,'pbc','bili','un_adapted','all',2,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',58,'pbc','bili','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',59,'pbc','bili','un_adapted','all',2,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',60,'pbc','bili','un_adapted','placebo, stage 3',-1,'mae',6.08000000000000206945e-01,5.71520000000000250039e-01,6.44480000000000163851e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',61,'pbc','bili','un_adapted','placebo, stage 3',-1,'crps',4.37760000000000149e-01,4.11494400000000148942e-01,4.64025600000000149059e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',62,'pbc','bili','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',63,'pbc','bili','un_adapted','placebo, stage 3',-1,'width_90',2.49280000000000079296e+00,2.34323200000000086973e+00,2.64236800000000071619e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',64,'pbc','all','champion','all',-1,'mae',5.15897484396678818185e-01,4.84943635332878097976e-01,5.46851333460479538395e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',65,'pbc','all','champion','all',-1,'crps',3.71446188765608753534e-01,3.49159417439672215e-01,3.93732960091545292069e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',66,'pbc','all','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',67,'pbc','all','champion','all',-1,'width_90',2.11517968602638317676e+00,1.98826890486480012398e+00,2.24209046718796622954e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',68,'pbc','all','champion','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',69,'pbc','all','champion','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',70,'pbc','all','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',71,'pbc','all','champion','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',72,'pbc','all','champion','all',2,'mae',5.40276647506185758729e-01,5.07860048655814577678e-01,5.7269324635655693978e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',73,'pbc','all','champion','all',2,'crps',3.88999186204453728521e-01,3.65659235032186502589e-01,4.12339137376720954453e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',74,'pbc','all','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',75,'pbc','all','champion','all',2,'width_90',2.21513425477536163299e+00,2.08222619948884,2.34804231006188324215e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',76,'pbc','all','champion','placebo, stage 3',-1,'mae',4.90102610176844921685e-01,4.60696453566234231935e-01,5.19508766787455611435e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',77,'pbc','all','champion','placebo, stage 3',-1,'crps',3.52873879327328332511e-01,3.3170144656768862923e-01,3.74046312086968035792e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',78,'pbc','all','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',79,'pbc','all','champion','placebo, stage 3',-1,'width_90',2.00942070172506381808e+00,1.88885545962156,2.12998594382856776263e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',80,'pbc','all','bayesian_head','all',-1,'mae',5.35578701456317807227e-01,5.03443979368938698826e-01,5.67713423543696915629e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',81,'pbc','all','bayesian_head','all',-1,'crps',3.8561666504854880122e-01,3.62479665145635898682e-01,4.08753664951461703758e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',82,'pbc','all','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',83,'pbc','all','bayesian_head','all',-1,'width_90',2.1958726759709028542e+00,2.06412031541264884282e+00,2.32762503652915686558e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',84,'pbc','all','bayesian_head','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',85,'pbc','all','bayesian_head','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',86,'pbc','all','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',87,'pbc','all','bayesian_head','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',88,'pbc','all','bayesian_head','all',2,'mae',0.558640071965311,5.2512166764739232061e-01,5.92158476283229595615e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',89,'pbc','all','bayesian_head','all',2,'crps',4.02220851815023872077e-01,3.78087600706122461957e-01,4.26354102923925282198e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',90,'pbc','all','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',91,'pbc','all','bayesian_head','all',2,'width_90',2.29042429505777489495e+00,2.15299883735430830355e+00,2.42784975276124148635e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',92,'pbc','all','bayesian_head','placebo, stage 3',-1,'mae',0.508799766383502,4.78271780400491897111e-01,5.39327752366512092052e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',93,'pbc','all','bayesian_head','placebo, stage 3',-1,'crps',3.66335831796121447201e-01,3.44355681888354137054e-01,3.88315981703888757348e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',94,'pbc','all','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',95,'pbc','all','bayesian_head','placebo, stage 3',-1,'width_90',2.08607904217235784471e+00,1.96091429964201635627e+00,2.21124378470269933316e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',96,'pbc','all','last_value','all',-1,'mae',5.84781744105415279832e-01,5.49694839459090367483e-01,6.19868648751740192182e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',97,'pbc','all','last_value','all',-1,'crps',0.421042855755899,3.95780284410545080131e-01,4.46305427101252927268e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',98,'pbc','all','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',99,'pbc','all','last_value','all',-1,'width_90',2.39760515083220226983e+00,2.25374884178227,2.5414614598821345659e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',100,'pbc','all','last_value','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',101,'pbc','all','last_value','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',102,'pbc','all','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',103,'pbc','all','last_value','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',104,'pbc','all','last_value','all',2,'mae',6.04548633113123679017e-01,5.68275715126336233851e-01,6.40821551099911124182e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',105,'pbc','all','last_value','all',2,'crps',0.435275015841449,4.09158514890962055066e-01,4.61391516791935962782e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',106,'pbc','all','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',107,'pbc','all','last_value','all',2,'width_90',2.47864939576380693964e+00,2.32993043201797833674e+00,2.62736835950963554253e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',108,'pbc','all','last_value','placebo, stage 3',-1,'mae',5.55542656900144593556e-01,5.22210097486135893518e-01,5.88875216314153293595e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',109,'pbc','all','last_value','placebo, stage 3',-1,'crps',3.99990712968104067392e-01,3.75991270190017823349e-01,4.23990155746190311436e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',110,'pbc','all','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',111,'pbc','all','last_value','placebo, stage 3',-1,'width_90',2.27772489329059268925e+00,2.14106139969315734106e+00,2.41438838688802803744e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',112,'pbc','all','un_adapted','all',-1,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',113,'pbc','all','un_adapted','all',-1,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',114,'pbc','all','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',115,'pbc','all','un_adapted','all',-1,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',116,'pbc','all','un_adapted','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',117,'pbc','all','un_adapted','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',118,'pbc','all','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',119,'pbc','all','un_adapted','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',120,'pbc','all','un_adapted','all',2,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',121,'pbc','all','un_adapted','all',2,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',122,'pbc','all','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',123,'pbc','all','un_adapted','all',2,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',124,'pbc','all','un_adapted','placebo, stage 3',-1,'mae',8.36000000000000187405e-01,7.85840000000000205027e-01,8.86160000000000169784e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',125,'pbc','all','un_adapted','placebo, stage 3',-1,'crps',6.01920000000000121609e-01,5.65804800000000107651e-01,6.38035200000000135567e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',126,'pbc','all','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',127,'pbc','all','un_adapted','placebo, stage 3',-1,'width_90',3.42760000000000042419e+00,3.22194400000000058525e+00,3.63325600000000026312e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',128,'pbc','edema','champion','all',-1,'auroc',8.24960365905937687003e-01,7.75462743951581434664e-01,8.74457987860293939341e-01,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',129,'pbc','edema','champion','all',-1,'brier',1.26255945114109369153e-01,1.18680588407262810335e-01,1.33831301820955927972e-01,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',130,'pbc','edema','champion','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',131,'pbc','edema','champion','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',132,'pbc','edema','champion','all',2,'auroc',8.21414305817282142108e-01,7.72129447468245189156e-01,8.70699164166319095059e-01,62,124,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',133,'pbc','edema','champion','all',2,'brier',1.26787854127407673132e-01,1.19180582879763213854e-01,1.3439512537505213241e-01,62,124,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',134,'pbc','edema','bayesian_head','all',-1,'auroc',8.22097643424535617917e-01,7.72771784819063500826e-01,8.71423502030007735008e-01,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',135,'pbc','edema','bayesian_head','all',-1,'brier',1.26685353486319651761e-01,1.19084232277140475431e-01,1.34286474695498841969e-01,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',136,'pbc','edema','bayesian_head','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',137,'pbc','edema','bayesian_head','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',138,'pbc','edema','bayesian_head','all',2,'auroc',8.18743262259591153551e-01,7.69618666524015671015e-01,8.67867857995166636086e-01,62,124,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',139,'pbc','edema','bayesian_head','all',2,'brier',1.27188510661061349171e-01,1.1955720002139766378e-01,1.34819821300725034562e-01,62,124,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',140,'pbc','edema','last_value','all',-1,'auroc',8.14940837221030500714e-01,7.6604438698776866623e-01,8.63837287454292335198e-01,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',141,'pbc','edema','last_value','all',-1,'brier',1.2775887441684541379e-01,1.20093341951834686742e-01,1.35424406881856140838e-01,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',142,'pbc','edema','last_value','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',143,'pbc','edema','last_value','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',144,'pbc','edema','last_value','all',2,'auroc',8.12065653365363848692e-01,0.763341714163442,8.607895925672857107e-01,62,124,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',145,'pbc','edema','last_value','all',2,'brier',1.28190151995195428247e-01,1.20498742875483705327e-01,1.35881561114907151166e-01,62,124,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',146,'pbc','edema','un_adapted','all',-1,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',147,'pbc','edema','un_adapted','all',-1,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',148,'pbc','edema','un_adapted','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',149,'pbc','edema','un_adapted','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',150,'pbc','edema','un_adapted','all',2,'auroc',0.772,0.72568,0.81832,62,124,'');
INSERT INTO "evaluation" VALUES('ca801983750eabfc',151,'pbc','edema','un_adapted','all',2,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,124,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',0,'pbc','bili','champion','all',-1,'mae',3.75198170470311842539e-01,3.52686280242093141978e-01,3.97710060698530543099e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',1,'pbc','bili','champion','all',-1,'crps',2.70142682738624517746e-01,2.53934121774307075547e-01,2.86351243702941959945e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',2,'pbc','bili','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',3,'pbc','bili','champion','all',-1,'width_90',1.53831249892827837122e+00,1.44601374899258172668e+00,1.63061124886397501576e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',4,'pbc','bili','champion','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',5,'pbc','bili','champion','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',6,'pbc','bili','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',7,'pbc','bili','champion','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',8,'pbc','bili','champion','all',2,'mae',3.92928470913589622526e-01,3.69352762658774258497e-01,0.416504179168405,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',9,'pbc','bili','champion','all',2,'crps',2.8290849905778453488e-01,2.65933989114317481661e-01,2.99883009001251588099e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',10,'pbc','bili','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',11,'pbc','bili','champion','all',2,'width_90',1.6110067307457172081e+00,1.51434632690097425999e+00,1.70766713459046015621e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',12,'pbc','bili','champion','placebo, stage 3',-1,'mae',3.56438261946796286494e-01,3.35051966229988507084e-01,3.77824557663604065904e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',13,'pbc','bili','champion','placebo, stage 3',-1,'crps',2.5663554860169329741e-01,2.41237415685591705116e-01,2.72033681517794889703e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',14,'pbc','bili','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',15,'pbc','bili','champion','placebo, stage 3',-1,'width_90',1.46139687398186457478e+00,1.37371306154295269585e+00,1.54908068642077645371e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',16,'pbc','bili','bayesian_head','all',-1,'mae',0.389511782877322,3.66141075904682700148e-01,4.1288248984996134272e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',17,'pbc','bili','bayesian_head','all',-1,'crps',2.80448483671671855432e-01,2.63621574651371537445e-01,2.9727539269197217342e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',18,'pbc','bili','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',19,'pbc','bili','bayesian_head','all',-1,'width_90',1.59699830979702017685e+00,1.5011784112091990373e+00,1.69281820838484131641e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',20,'pbc','bili','bayesian_head','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',21,'pbc','bili','bayesian_head','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',22,'pbc','bili','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',23,'pbc','bili','bayesian_head','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',24,'pbc','bili','bayesian_head','all',2,'mae',4.06283688702044287754e-01,3.81906667379921627158e-01,4.3066071002416694835e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',25,'pbc','bili','bayesian_head','all',2,'crps',2.9252425586547187164e-01,2.74972800513543558231e-01,3.10075711217400185049e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',26,'pbc','bili','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',27,'pbc','bili','bayesian_head','all',2,'width_90',1.66576312367838141881e+00,1.56581733625767860473e+00,1.76570891109908423288e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',28,'pbc','bili','bayesian_head','placebo, stage 3',-1,'mae',3.70036193733455920362e-01,3.47834022109448581794e-01,3.92238365357463258931e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',29,'pbc','bili','bayesian_head','placebo, stage 3',-1,'crps',2.66426059488088229354e-01,2.50440495918802907837e-01,2.82411623057373550871e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',30,'pbc','bili','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',31,'pbc','bili','bayesian_head','placebo, stage 3',-1,'width_90',1.51714839430716907919e+00,1.42611949064873888559e+00,1.60817729796559927279e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',32,'pbc','bili','last_value','all',-1,'mae',4.25295813894847496428e-01,3.99778065061156651083e-01,4.50813562728538341772e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',33,'pbc','bili','last_value','all',-1,'crps',3.06212986004290199648e-01,2.87840206844032775457e-01,3.2458576516454762384e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',34,'pbc','bili','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',35,'pbc','bili','last_value','all',-1,'width_90',1.74371283696887457992e+00,1.63909006675074220282e+00,1.84833560718700695701e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',36,'pbc','bili','last_value','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',37,'pbc','bili','last_value','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',38,'pbc','bili','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',39,'pbc','bili','last_value','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',40,'pbc','bili','last_value','all',2,'mae',4.39671733173180812048e-01,4.1329142918278993779e-01,4.66052037163571686306e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',41,'pbc','bili','last_value','all',2,'crps',3.16563647884690158029e-01,2.97569829011608777413e-01,3.35557466757771538645e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',42,'pbc','bili','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',43,'pbc','bili','last_value','all',2,'width_90',1.80265410601004116841e+00,1.69449485964943868943e+00,1.9108133523706436474e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',44,'pbc','bili','last_value','placebo, stage 3',-1,'mae',4.04031023200105143811e-01,3.79789161808098851835e-01,4.28272884592111435786e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',45,'pbc','bili','last_value','placebo, stage 3',-1,'crps',2.90902336704075670237e-01,2.73448196501831108928e-01,3.08356476906320231545e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',46,'pbc','bili','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',47,'pbc','bili','last_value','placebo, stage 3',-1,'width_90',1.65652719512043100635e+00,1.55713556341320513709e+00,1.75591882682765687562e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',48,'pbc','bili','un_adapted','all',-1,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',49,'pbc','bili','un_adapted','all',-1,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',50,'pbc','bili','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',51,'pbc','bili','un_adapted','all',-1,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',52,'pbc','bili','un_adapted','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',53,'pbc','bili','un_adapted','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',54,'pbc','bili','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',55,'pbc','bili','un_adapted','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',56,'pbc','bili','un_adapted','all',2,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',57,'pbc','bili','un_adapted','all',2,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',58,'pbc','bili','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',59,'pbc','bili','un_adapted','all',2,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',60,'pbc','bili','un_adapted','placebo, stage 3',-1,'mae',6.08000000000000206945e-01,5.71520000000000250039e-01,6.44480000000000163851e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',61,'pbc','bili','un_adapted','placebo, stage 3',-1,'crps',4.37760000000000149e-01,4.11494400000000148942e-01,4.64025600000000149059e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',62,'pbc','bili','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',63,'pbc','bili','un_adapted','placebo, stage 3',-1,'width_90',2.49280000000000079296e+00,2.34323200000000086973e+00,2.64236800000000071619e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',64,'pbc','all','champion','all',-1,'mae',5.15897484396678818185e-01,4.84943635332878097976e-01,5.46851333460479538395e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',65,'pbc','all','champion','all',-1,'crps',3.71446188765608753534e-01,3.49159417439672215e-01,3.93732960091545292069e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',66,'pbc','all','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',67,'pbc','all','champion','all',-1,'width_90',2.11517968602638317676e+00,1.98826890486480012398e+00,2.24209046718796622954e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',68,'pbc','all','champion','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',69,'pbc','all','champion','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',70,'pbc','all','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',71,'pbc','all','champion','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',72,'pbc','all','champion','all',2,'mae',5.40276647506185758729e-01,5.07860048655814577678e-01,5.7269324635655693978e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',73,'pbc','all','champion','all',2,'crps',3.88999186204453728521e-01,3.65659235032186502589e-01,4.12339137376720954453e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',74,'pbc','all','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',75,'pbc','all','champion','all',2,'width_90',2.21513425477536163299e+00,2.08222619948884,2.34804231006188324215e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',76,'pbc','all','champion','placebo, stage 3',-1,'mae',4.90102610176844921685e-01,4.60696453566234231935e-01,5.19508766787455611435e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',77,'pbc','all','champion','placebo, stage 3',-1,'crps',3.52873879327328332511e-01,3.3170144656768862923e-01,3.74046312086968035792e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',78,'pbc','all','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',79,'pbc','all','champion','placebo, stage 3',-1,'width_90',2.00942070172506381808e+00,1.88885545962156,2.12998594382856776263e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',80,'pbc','all','bayesian_head','all',-1,'mae',5.35578701456317807227e-01,5.03443979368938698826e-01,5.67713423543696915629e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',81,'pbc','all','bayesian_head','all',-1,'crps',3.8561666504854880122e-01,3.62479665145635898682e-01,4.08753664951461703758e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',82,'pbc','all','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',83,'pbc','all','bayesian_head','all',-1,'width_90',2.1958726759709028542e+00,2.06412031541264884282e+00,2.32762503652915686558e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',84,'pbc','all','bayesian_head','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',85,'pbc','all','bayesian_head','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',86,'pbc','all','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',87,'pbc','all','bayesian_head','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',88,'pbc','all','bayesian_head','all',2,'mae',0.558640071965311,5.2512166764739232061e-01,5.92158476283229595615e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',89,'pbc','all','bayesian_head','all',2,'crps',4.02220851815023872077e-01,3.78087600706122461957e-01,4.26354102923925282198e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',90,'pbc','all','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',91,'pbc','all','bayesian_head','all',2,'width_90',2.29042429505777489495e+00,2.15299883735430830355e+00,2.42784975276124148635e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',92,'pbc','all','bayesian_head','placebo, stage 3',-1,'mae',0.508799766383502,4.78271780400491897111e-01,5.39327752366512092052e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',93,'pbc','all','bayesian_head','placebo, stage 3',-1,'crps',3.66335831796121447201e-01,3.44355681888354137054e-01,3.88315981703888757348e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',94,'pbc','all','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',95,'pbc','all','bayesian_head','placebo, stage 3',-1,'width_90',2.08607904217235784471e+00,1.96091429964201635627e+00,2.21124378470269933316e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',96,'pbc','all','last_value','all',-1,'mae',5.84781744105415279832e-01,5.49694839459090367483e-01,6.19868648751740192182e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',97,'pbc','all','last_value','all',-1,'crps',0.421042855755899,3.95780284410545080131e-01,4.46305427101252927268e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',98,'pbc','all','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',99,'pbc','all','last_value','all',-1,'width_90',2.39760515083220226983e+00,2.25374884178227,2.5414614598821345659e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',100,'pbc','all','last_value','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',101,'pbc','all','last_value','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',102,'pbc','all','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',103,'pbc','all','last_value','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',104,'pbc','all','last_value','all',2,'mae',6.04548633113123679017e-01,5.68275715126336233851e-01,6.40821551099911124182e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',105,'pbc','all','last_value','all',2,'crps',0.435275015841449,4.09158514890962055066e-01,4.61391516791935962782e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',106,'pbc','all','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',107,'pbc','all','last_value','all',2,'width_90',2.47864939576380693964e+00,2.32993043201797833674e+00,2.62736835950963554253e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',108,'pbc','all','last_value','placebo, stage 3',-1,'mae',5.55542656900144593556e-01,5.22210097486135893518e-01,5.88875216314153293595e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',109,'pbc','all','last_value','placebo, stage 3',-1,'crps',3.99990712968104067392e-01,3.75991270190017823349e-01,4.23990155746190311436e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',110,'pbc','all','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',111,'pbc','all','last_value','placebo, stage 3',-1,'width_90',2.27772489329059268925e+00,2.14106139969315734106e+00,2.41438838688802803744e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',112,'pbc','all','un_adapted','all',-1,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',113,'pbc','all','un_adapted','all',-1,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',114,'pbc','all','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',115,'pbc','all','un_adapted','all',-1,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',116,'pbc','all','un_adapted','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',117,'pbc','all','un_adapted','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',118,'pbc','all','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',119,'pbc','all','un_adapted','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',120,'pbc','all','un_adapted','all',2,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',121,'pbc','all','un_adapted','all',2,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',122,'pbc','all','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',123,'pbc','all','un_adapted','all',2,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',124,'pbc','all','un_adapted','placebo, stage 3',-1,'mae',8.36000000000000187405e-01,7.85840000000000205027e-01,8.86160000000000169784e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',125,'pbc','all','un_adapted','placebo, stage 3',-1,'crps',6.01920000000000121609e-01,5.65804800000000107651e-01,6.38035200000000135567e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',126,'pbc','all','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',127,'pbc','all','un_adapted','placebo, stage 3',-1,'width_90',3.42760000000000042419e+00,3.22194400000000058525e+00,3.63325600000000026312e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',128,'pbc','edema','champion','all',-1,'auroc',8.24960365905937687003e-01,7.75462743951581434664e-01,8.74457987860293939341e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',129,'pbc','edema','champion','all',-1,'brier',1.26255945114109369153e-01,1.18680588407262810335e-01,1.33831301820955927972e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',130,'pbc','edema','champion','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',131,'pbc','edema','champion','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',132,'pbc','edema','champion','all',2,'auroc',8.21414305817282142108e-01,7.72129447468245189156e-01,8.70699164166319095059e-01,62,124,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',133,'pbc','edema','champion','all',2,'brier',1.26787854127407673132e-01,1.19180582879763213854e-01,1.3439512537505213241e-01,62,124,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',134,'pbc','edema','bayesian_head','all',-1,'auroc',8.22097643424535617917e-01,7.72771784819063500826e-01,8.71423502030007735008e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',135,'pbc','edema','bayesian_head','all',-1,'brier',1.26685353486319651761e-01,1.19084232277140475431e-01,1.34286474695498841969e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',136,'pbc','edema','bayesian_head','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',137,'pbc','edema','bayesian_head','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',138,'pbc','edema','bayesian_head','all',2,'auroc',8.18743262259591153551e-01,7.69618666524015671015e-01,8.67867857995166636086e-01,62,124,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',139,'pbc','edema','bayesian_head','all',2,'brier',1.27188510661061349171e-01,1.1955720002139766378e-01,1.34819821300725034562e-01,62,124,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',140,'pbc','edema','last_value','all',-1,'auroc',8.14940837221030500714e-01,7.6604438698776866623e-01,8.63837287454292335198e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',141,'pbc','edema','last_value','all',-1,'brier',1.2775887441684541379e-01,1.20093341951834686742e-01,1.35424406881856140838e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',142,'pbc','edema','last_value','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',143,'pbc','edema','last_value','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',144,'pbc','edema','last_value','all',2,'auroc',8.12065653365363848692e-01,0.763341714163442,8.607895925672857107e-01,62,124,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',145,'pbc','edema','last_value','all',2,'brier',1.28190151995195428247e-01,1.20498742875483705327e-01,1.35881561114907151166e-01,62,124,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',146,'pbc','edema','un_adapted','all',-1,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',147,'pbc','edema','un_adapted','all',-1,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',148,'pbc','edema','un_adapted','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',149,'pbc','edema','un_adapted','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',150,'pbc','edema','un_adapted','all',2,'auroc',0.772,0.72568,0.81832,62,124,'');
INSERT INTO "evaluation" VALUES('c3a4d013291294a6',151,'pbc','edema','un_adapted','all',2,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,124,'');
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
INSERT INTO "findings" VALUES('ca801983750eabfc',0,'Q_KEY_CONFLICT','critical','visits.unique_key','visits','id','',4,0.006,'4 of 640 rows held back: patient and day are those of another row that differs.','Conflicting versions of one record','conformance',2,14,14);
INSERT INTO "findings" VALUES('ca801983750eabfc',1,'Q_HARD_RANGE','critical','visits.platelet.hard_range','visits','platelet','',10,0.016,'10 of 640 rows held back: platelet is outside what is possible (5 to 1500).','Impossible values','plausibility',8,42,7);
INSERT INTO "findings" VALUES('ca801983750eabfc',2,'W_COMPLETENESS','warning','visits.chol.missing_at_most','visits','chol','placebo, stage 4',221,0.345,'''chol'' is missing in 35% of rows; the contract allows 20%.','More is missing than allowed','completeness',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('ca801983750eabfc',3,'N_CATEGORY','info','visits.sex.type','visits','sex','',12,0.019,'12 cells of ''sex'' were declared spellings of a category and were replaced by the category.','Declared spellings of a category','conformance',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('c3a4d013291294a6',0,'Q_KEY_CONFLICT','critical','visits.unique_key','visits','id','',4,0.006,'4 of 640 rows held back: patient and day are those of another row that differs.','Conflicting versions of one record','conformance',2,14,14);
INSERT INTO "findings" VALUES('c3a4d013291294a6',1,'Q_HARD_RANGE','critical','visits.platelet.hard_range','visits','platelet','',10,0.016,'10 of 640 rows held back: platelet is outside what is possible (5 to 1500).','Impossible values','plausibility',8,42,7);
INSERT INTO "findings" VALUES('c3a4d013291294a6',2,'W_COMPLETENESS','warning','visits.chol.missing_at_most','visits','chol','placebo, stage 4',221,0.345,'''chol'' is missing in 35% of rows; the contract allows 20%.','More is missing than allowed','completeness',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('c3a4d013291294a6',3,'N_CATEGORY','info','visits.sex.type','visits','sex','',12,0.019,'12 cells of ''sex'' were declared spellings of a category and were replaced by the category.','Declared spellings of a category','conformance',NULL,NULL,NULL);
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
INSERT INTO "guards" VALUES('ca801983750eabfc',0,'trajectory','The newest own value lies far from what is expected from the earlier ones.',1.84,0.05,47,50,3,5);
INSERT INTO "guards" VALUES('ca801983750eabfc',1,'divergence','Adaptation moved a learner far away from every other predictor.',2.9,0.02,47,50,0,1);
INSERT INTO "guards" VALUES('c3a4d013291294a6',0,'trajectory','The newest own value lies far from what is expected from the earlier ones.',1.84,0.05,47,50,3,5);
INSERT INTO "guards" VALUES('c3a4d013291294a6',1,'divergence','Adaptation moved a learner far away from every other predictor.',2.9,0.02,47,50,0,1);
CREATE TABLE head (
	study TEXT NOT NULL, 
	release_id VARCHAR(16) NOT NULL, 
	sequence INTEGER NOT NULL, 
	PRIMARY KEY (study)
);
INSERT INTO "head" VALUES('pbc','ca801983750eabfc',5);
CREATE TABLE horizon_check (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	outcome TEXT, 
	horizon_days DOUBLE, 
	coverage_50 DOUBLE, 
	coverage_80 DOUBLE, 
	coverage_90 DOUBLE, 
	coverage_90_low DOUBLE, 
	coverage_90_high DOUBLE, 
	pooled_coverage_90 DOUBLE, 
	predicted DOUBLE, 
	observed DOUBLE, 
	n_patients INTEGER, 
	n_predictions INTEGER, 
	reason TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',0,'bili',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',1,'bili',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',2,'bili',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',3,'bili',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',4,'albumin',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',5,'albumin',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',6,'albumin',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',7,'albumin',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',8,'protime',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',9,'protime',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',10,'protime',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',11,'protime',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',12,'platelet',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',13,'platelet',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',14,'platelet',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',15,'platelet',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',16,'alk_phos',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',17,'alk_phos',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',18,'alk_phos',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',19,'alk_phos',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',20,'ast',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',21,'ast',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',22,'ast',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',23,'ast',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',24,'edema',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',25,'edema',182.625,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',26,'edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('ca801983750eabfc',27,'edema',730.5,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',0,'bili',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',1,'bili',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',2,'bili',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',3,'bili',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',4,'albumin',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',5,'albumin',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',6,'albumin',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',7,'albumin',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',8,'protime',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',9,'protime',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',10,'protime',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',11,'protime',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',12,'platelet',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',13,'platelet',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',14,'platelet',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',15,'platelet',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',16,'alk_phos',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',17,'alk_phos',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',18,'alk_phos',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',19,'alk_phos',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',20,'ast',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',21,'ast',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',22,'ast',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',23,'ast',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',24,'edema',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',25,'edema',182.625,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',26,'edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('c3a4d013291294a6',27,'edema',730.5,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
CREATE TABLE horizons (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT, 
	outcome TEXT, 
	horizon_days DOUBLE, 
	predicted_time_days DOUBLE, 
	mean DOUBLE, 
	lower_50 DOUBLE, 
	upper_50 DOUBLE, 
	lower_80 DOUBLE, 
	upper_80 DOUBLE, 
	lower_90 DOUBLE, 
	upper_90 DOUBLE, 
	probability DOUBLE, 
	reason TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "horizons" VALUES('ca801983750eabfc',0,'P0001','albumin',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',1,'P0001','albumin',182.625,2.15497500000000036376e+03,2.1662,2.05823055334939963856e+00,2.27205329029051350531e+00,1.95871062397795170362e+00,2.3658202480256402822e+00,1.89831274712042175067e+00,2.4210491941576273156e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',2,'P0001','albumin',365.25,2.33760000000000036377e+03,2.1662,2.0151,2.3174,1.8787,2.4538,1.7973,2.5352,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',3,'P0001','albumin',730.5,2.70285000000000036378e+03,2.1662,1.95564260490304508977e+00,2.38307919578983851138e+00,1.7710956091238561072e+00,2.58383595511407193612e+00,1.66355428209762834512e+00,2.70588089766932737845e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',4,'P0001','alk_phos',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',5,'P0001','alk_phos',182.625,2.15497500000000036376e+03,799.6147,7.06666882846122803131e+02,9.04787964697080269657e+02,6.32126217036801335774e+02,1.01148105089324451451e+03,5.91426210058673518677e+02,1.08108780944712339077e+03,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',6,'P0001','alk_phos',365.25,2.33760000000000036377e+03,799.6147,671.4065,952.3049,573.4851,1114.909,521.9715,1224.9398,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',7,'P0001','alk_phos',730.5,2.70285000000000036378e+03,799.6147,6.24523390217133282913e+02,1.02379466142966737149e+03,4.9972012053462424321e+02,1.27948362669683569946e+03,4.37441885378503172868e+02,1.46164252825164385288e+03,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',8,'P0001','ast',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',9,'P0001','ast',182.625,2.15497500000000036376e+03,82.7022,7.31944560357145093112e+01,9.34449539741407590991e+01,6.55591640514696365454e+01,1.04327960407723594469e+02,61.3858243131505,1.11420742012206659406e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',10,'P0001','ast',365.25,2.33760000000000036377e+03,82.7022,69.5839,98.2936,59.5451,114.8651,54.2561,126.0624,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',11,'P0001','ast',730.5,2.70285000000000036378e+03,82.7022,6.47797566976953760348e+01,1.0558315768177006078e+02,5.19696451984047342893e+01,1.31608631001781589025e+02,4.5563714467148145105e+01,1.50111868252001926299e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',12,'P0001','bili',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',13,'P0001','bili',182.625,2.15497500000000036376e+03,3.253,2.85457921624062338494e+00,3.70697884428918866817e+00,2.53718717273388838506e+00,4.17071082759597544509e+00,2.36480593913551606632e+00,4.47475595751159183066e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',14,'P0001','bili',365.25,2.33760000000000036377e+03,3.253,2.7042,3.9131,2.289,4.6229,2.0722,5.1066,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',15,'P0001','bili',730.5,2.70285000000000036378e+03,3.253,2.5049561948333636252e+00,4.22431360344531459105e+00,1.97888679664475253261e+00,5.34731903087190474366e+00,1.71912300331097744887e+00,6.15537684576867,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',16,'P0001','edema',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',17,'P0001','edema',182.625,2.15497500000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.375,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',18,'P0001','edema',365.25,2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.375,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',19,'P0001','edema',730.5,2.70285000000000036378e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.375,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',20,'P0001','platelet',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',21,'P0001','platelet',182.625,2.15497500000000036376e+03,212.25,1.93079838475817581414e+02,2.30727346393069723253e+02,1.75083902149373784595e+02,2.46883306276827795499e+02,1.63967346753925227176e+02,2.56322352667781842676e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',22,'P0001','platelet',365.25,2.33760000000000036377e+03,212.25,185.6557,238.8443,161.6655,262.8345,147.3425,277.1575,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',23,'P0001','platelet',730.5,2.70285000000000036378e+03,212.25,1.75641102595278226767e+02,2.50813231442108730117e+02,144.425784649477,2.87167806446068084383e+02,1.2666803675628719361e+02,3.09546047006580522516e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',24,'P0001','protime',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',25,'P0001','protime',182.625,2.15497500000000036376e+03,12.6166,1.23122180700720864623e+01,1.29286114398132578884e+01,1.204385475045694065e+01,1.32165935308276818462e+01,1.18864996908584750199e+01,1.33916029867597714537e+01,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',26,'P0001','protime',365.25,2.33760000000000036377e+03,12.6166,12.1883,13.0601,11.8143,13.4734,11.5966,13.7264,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',27,'P0001','protime',730.5,2.70285000000000036378e+03,12.6166,1.20151795099321230249e+01,1.32483389947902168164e+01,1.14971099385019925875e+01,1.38451202827319637118e+01,1.1198648994243981747e+01,1.42142122723232304797e+01,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',28,'P0002','albumin',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',29,'P0002','albumin',182.625,840.075,3.4825,3.36887296894523213808e+00,3.59461139659835415827e+00,3.26504577464646272844e+00,3.69446592831362163877e+00,3.20233824924133925193e+00,3.75361138594151766412e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',30,'P0002','albumin',365.25,1022.7,3.4825,3.3229,3.6421,3.179,3.786,3.093,3.872,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',31,'P0002','albumin',730.5,1387.95,3.4825,3.25895336134669433292e+00,3.71033197201859943348e+00,3.06116982355684719152e+00,3.91933337989094932041e+00,2.94471507898179,4.04582869681832146824e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',32,'P0002','alk_phos',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',33,'P0002','alk_phos',182.625,840.075,920.9541,8.03864347045158183363e+02,1.05509889250981427717e+03,7.1106687220321941824e+02,1.19279416069134686041e+03,6.60852818335142842441e+02,1.28342705314579393419e+03,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',34,'P0002','alk_phos',365.25,1022.7,920.9541,759.8385,1116.2324,638.8264,1327.679,575.9739,1472.5604,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',35,'P0002','alk_phos',730.5,1387.95,920.9541,7.01661340614411187764e+02,1.20878301424081450933e+03,5.49013351202703233852e+02,1.54487385395143405732e+03,4.74210872725905858244e+02,1.78856362195086194327e+03,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',36,'P0002','ast',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',37,'P0002','ast',182.625,840.075,157.0218,1.37789785165979594694e+02,1.78938085294668269399e+02,1.22470198318365063982e+02,2.01321115474232300354e+02,1.14148433369968515193e+02,2.15997948702655747873e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',38,'P0002','ast',365.25,1022.7,157.0218,130.5309,188.8889,110.4904,223.1491,100.0243,246.4983,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',39,'P0002','ast',730.5,1387.95,157.0218,1.20913305643463587558e+02,2.03913331581487227588e+02,95.5214465516232,2.5811824559258127465e+02,82.9812474498327,2.97125073357680889798e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',40,'P0002','bili',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',41,'P0002','bili',182.625,840.075,1.3693,1.16645062765050666619e+00,1.60735704041937776942e+00,1.00946046666433675298e+00,1.85739040887298711979e+00,0.925930921285632,2.02489047476967343186e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',42,'P0002','bili',365.25,1022.7,1.3693,1.0915,1.7177,0.8897,2.1074,0.7874,2.3811,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',43,'P0002','bili',730.5,1387.95,1.3693,9.93651549511619935906e-01,1.88680103365642382051e+00,7.44183476052129200262e-01,2.51946186443683828315e+00,6.26121427731585078468e-01,2.99436313066015724615e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',44,'P0002','edema',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',45,'P0002','edema',182.625,840.075,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.521,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',46,'P0002','edema',365.25,1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.521,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',47,'P0002','edema',730.5,1387.95,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.521,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',48,'P0002','platelet',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',49,'P0002','platelet',182.625,840.075,186.25,164.985604549657,2.06550912673386648059e+02,1.4477829788083323592e+02,2.24177129883922845012e+02,1.32141528494623287318e+02,2.34430329588461574988e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',50,'P0002','platelet',365.25,1022.7,186.25,156.9053,215.5947,130.4342,242.0658,114.6299,257.8701,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',51,'P0002','platelet',730.5,1387.95,186.25,1.461489917241117098e+02,2.29064588060182586551e+02,1.12540969327631032112e+02,269.827573492581,9.3752394914874273013e+01,2.9507425197828035834e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',52,'P0002','protime',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',53,'P0002','protime',182.625,840.075,10.7249,1.04482795895408440143e+01,1.10088803671968271657e+01,1.02048532508027776086e+01,1.12714384341583837565e+01,1.00622416347191609984e+01,1.14311917670504037403e+01,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',54,'P0002','protime',365.25,1022.7,10.7249,10.3358,11.1287,9.9969,11.5059,9.7999,11.7372,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',55,'P0002','protime',730.5,1387.95,10.7249,1.01787938704524787429e+01,1.13003801377403725327e+01,9.71002339139945469526e+00,1.18458283410589206853e+01,9.44052687815044677677e+00,1.21839966074351231379e+01,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',56,'P0003','albumin',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',57,'P0003','albumin',182.625,182.625,3.4,3.20054842219318391727e+00,3.5947157088038608208e+00,3.01604602711979197238e+00,3.76673939138996471953e+00,2.90370966198715407813e+00,3.86784011254894,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',58,'P0003','albumin',365.25,365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',59,'P0003','albumin',730.5,730.5,3.4,3.01279711847155295956e+00,3.80058265503566072851e+00,2.67545106991325898349e+00,4.17303695372024741061e+00,2.47986170621104573541e+00,4.40005504007135250787e+00,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',60,'P0003','alk_phos',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',61,'P0003','alk_phos',182.625,182.625,1100.0,824.793094668617,1.46703461681306271207e+03,6.36124810394442306458e+02,1.90214238602255682059e+03,5.44746841880554711658e+02,2.22121531558033348118e+03,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',62,'P0003','alk_phos',365.25,365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',63,'P0003','alk_phos',730.5,730.5,1100.0,618.43968092094,1.95653687902531805784e+03,3.67867976726695530939e+02,3.28922332427598666988e+03,2.69771928853489100668e+02,4.48527043469876389274e+03,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',64,'P0003','ast',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',65,'P0003','ast',182.625,182.625,110.0,8.60682695615180790547e+01,1.40586068046171021707e+02,6.89806048216547083038e+01,1.75411638870474291705e+02,6.04424302698985087527e+01,2.00190492135171552948e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',66,'P0003','ast',365.25,365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',67,'P0003','ast',730.5,730.5,110.0,6.73431547755830877104e+01,1.79676750260751191485e+02,4.32574894687390241196e+01,2.79720391374778955652e+02,3.32117034266503949888e+01,3.64329392193838032189e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',68,'P0003','bili',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',69,'P0003','bili',182.625,182.625,1.6,1.02512987521976017823e+00,2.49722541468892611504e+00,6.86065855006753544387e-01,3.73131569397243945118e+00,0.539835177330643,4.74226198249333297241e+00,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',70,'P0003','bili',365.25,365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',71,'P0003','bili',730.5,730.5,1.6,6.56807038167550594209e-01,3.89758423235517392768e+00,2.94178973378842356645e-01,8.70169800505314405825e+00,1.8213876167725429056e-01,1.40556554441259962118e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',72,'P0003','edema',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',73,'P0003','edema',182.625,182.625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.447,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',74,'P0003','edema',365.25,365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.447,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',75,'P0003','edema',730.5,730.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.447,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',76,'P0003','platelet',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',77,'P0003','platelet',182.625,182.625,235.0,1.88653648793208816416e+02,2.77812382239248790928e+02,1.42330286186887178699e+02,3.14197425388914894036e+02,1.11463815816539579372e+02,3.35102911217710754945e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',78,'P0003','platelet',365.25,365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',79,'P0003','platelet',730.5,730.5,235.0,151.447656182942,3.28424339257219060077e+02,8.62038738980476892947e+01,4.20085200514990503945e+02,5.28688605803551396871e+01,4.77846643006744386649e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',80,'P0003','protime',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',81,'P0003','protime',182.625,182.625,10.8,1.02828777048354513823e+01,1.13431820776667624528e+01,9.83764938738182692645e+00,1.1856479173834918228e+01,9.58107212363627525064e+00,1.21739888920682837181e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',82,'P0003','protime',365.25,365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',83,'P0003','protime',730.5,730.5,10.8,9.79051610116685111506e+00,1.19136833006574480718e+01,8.96105050639389,1.30163054073686268452e+01,8.49971694799260291119e+00,1.37227782911298135104e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',84,'P0004','albumin',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',85,'P0004','albumin',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',86,'P0004','albumin',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',87,'P0004','albumin',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',88,'P0004','alk_phos',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',89,'P0004','alk_phos',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',90,'P0004','alk_phos',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',91,'P0004','alk_phos',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',92,'P0004','ast',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',93,'P0004','ast',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',94,'P0004','ast',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',95,'P0004','ast',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',96,'P0004','bili',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',97,'P0004','bili',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',98,'P0004','bili',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',99,'P0004','bili',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',100,'P0004','edema',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',101,'P0004','edema',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',102,'P0004','edema',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',103,'P0004','edema',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',104,'P0004','platelet',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',105,'P0004','platelet',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',106,'P0004','platelet',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',107,'P0004','platelet',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',108,'P0004','protime',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',109,'P0004','protime',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',110,'P0004','protime',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',111,'P0004','protime',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',112,'P0005','albumin',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',113,'P0005','albumin',182.625,182.625,3.4,3.20054842219318391727e+00,3.5947157088038608208e+00,3.01604602711979197238e+00,3.76673939138996471953e+00,2.90370966198715407813e+00,3.86784011254894,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',114,'P0005','albumin',365.25,365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',115,'P0005','albumin',730.5,730.5,3.4,3.01279711847155295956e+00,3.80058265503566072851e+00,2.67545106991325898349e+00,4.17303695372024741061e+00,2.47986170621104573541e+00,4.40005504007135250787e+00,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',116,'P0005','alk_phos',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',117,'P0005','alk_phos',182.625,182.625,1100.0,824.793094668617,1.46703461681306271207e+03,6.36124810394442306458e+02,1.90214238602255682059e+03,5.44746841880554711658e+02,2.22121531558033348118e+03,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',118,'P0005','alk_phos',365.25,365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',119,'P0005','alk_phos',730.5,730.5,1100.0,618.43968092094,1.95653687902531805784e+03,3.67867976726695530939e+02,3.28922332427598666988e+03,2.69771928853489100668e+02,4.48527043469876389274e+03,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',120,'P0005','ast',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',121,'P0005','ast',182.625,182.625,110.0,8.60682695615180790547e+01,1.40586068046171021707e+02,6.89806048216547083038e+01,1.75411638870474291705e+02,6.04424302698985087527e+01,2.00190492135171552948e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',122,'P0005','ast',365.25,365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',123,'P0005','ast',730.5,730.5,110.0,6.73431547755830877104e+01,1.79676750260751191485e+02,4.32574894687390241196e+01,2.79720391374778955652e+02,3.32117034266503949888e+01,3.64329392193838032189e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',124,'P0005','bili',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',125,'P0005','bili',182.625,182.625,1.6,1.02512987521976017823e+00,2.49722541468892611504e+00,6.86065855006753544387e-01,3.73131569397243945118e+00,0.539835177330643,4.74226198249333297241e+00,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',126,'P0005','bili',365.25,365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',127,'P0005','bili',730.5,730.5,1.6,6.56807038167550594209e-01,3.89758423235517392768e+00,2.94178973378842356645e-01,8.70169800505314405825e+00,1.8213876167725429056e-01,1.40556554441259962118e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',128,'P0005','edema',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',129,'P0005','edema',182.625,182.625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.194,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',130,'P0005','edema',365.25,365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.194,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',131,'P0005','edema',730.5,730.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.194,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',132,'P0005','platelet',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',133,'P0005','platelet',182.625,182.625,235.0,1.88653648793208816416e+02,2.77812382239248790928e+02,1.42330286186887178699e+02,3.14197425388914894036e+02,1.11463815816539579372e+02,3.35102911217710754945e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',134,'P0005','platelet',365.25,365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',135,'P0005','platelet',730.5,730.5,235.0,151.447656182942,3.28424339257219060077e+02,8.62038738980476892947e+01,4.20085200514990503945e+02,5.28688605803551396871e+01,4.77846643006744386649e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',136,'P0005','protime',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',137,'P0005','protime',182.625,182.625,10.8,1.02828777048354513823e+01,1.13431820776667624528e+01,9.83764938738182692645e+00,1.1856479173834918228e+01,9.58107212363627525064e+00,1.21739888920682837181e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',138,'P0005','protime',365.25,365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',139,'P0005','protime',730.5,730.5,10.8,9.79051610116685111506e+00,1.19136833006574480718e+01,8.96105050639389,1.30163054073686268452e+01,8.49971694799260291119e+00,1.37227782911298135104e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',140,'P0006','albumin',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',141,'P0006','albumin',182.625,182.625,3.775,3.6399962528728062594e+00,3.90803238511457351478e+00,3.51644054537666228554e+00,4.02641732182985290222e+00,3.44183534174362870672e+00,4.09639046385768068603e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',142,'P0006','albumin',365.25,365.25,3.775,3.5855,3.9645,3.4146,4.1354,3.3126,4.2374,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',143,'P0006','albumin',730.5,730.5,3.775,3.50982058832531684799e+00,4.04575288029253066213e+00,3.27559049249507827639e+00,4.29457919192887160875e+00,3.13807430984781,4.44514300195606448795e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',144,'P0006','alk_phos',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',145,'P0006','alk_phos',182.625,182.625,1440.729,1.20686214168281071576e+03,1.71991475215787909293e+03,1.02864550749571776573e+03,2.01789632845275696123e+03,9.35052521996594919115e+02,2.21987530616647563879e+03,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',146,'P0006','alk_phos',365.25,365.25,1440.729,1121.4875,1850.8454,894.6629,2320.0917,781.7519,2655.1902,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',147,'P0006','alk_phos',730.5,730.5,1440.729,1.01095780610178644564e+03,2.05320136867537075884e+03,7.34427904270076282967e+02,2.82628141196791148118e+03,6.06861678283835885832e+02,3.420383968760053449e+03,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',148,'P0006','ast',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',149,'P0006','ast',182.625,182.625,78.0641,6.65021359086819785488e+01,9.16362073264972281077e+01,5.75488482959134941543e+01,1.05892707538490583375e+02,5.27889841084156756761e+01,1.15440876158591308351e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',150,'P0006','ast',365.25,365.25,78.0641,62.23,97.9271,50.7211,120.1473,44.8916,135.7494,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',151,'P0006','ast',730.5,730.5,78.0641,5.66525980625768923451e+01,1.07567940874035372189e+02,4.24250063753513586553e+01,1.4364177015852740738e+02,3.56972903447111207238e+01,1.70713501958816067367e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',152,'P0006','bili',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',153,'P0006','bili',182.625,182.625,1.7889,1.39966453052081551966e+00,2.28626774085552941784e+00,1.12177694342580669406e+00,2.85262694139105743573e+00,9.82921344320056733501e-01,3.25559525146828177e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',154,'P0006','bili',365.25,365.25,1.7889,1.2644,2.5308,0.9246,3.4609,0.767,4.172,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',155,'P0006','bili',730.5,730.5,1.7889,1.09512035217063830039e+00,2.92191859962918387694e+00,7.03439829393339599583e-01,4.54887387039527091303e+00,5.40071758689668279806e-01,5.92481437832345303462e+00,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',156,'P0006','edema',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',157,'P0006','edema',182.625,182.625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.476,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',158,'P0006','edema',365.25,365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.476,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',159,'P0006','edema',730.5,730.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.476,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',160,'P0006','platelet',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',161,'P0006','platelet',182.625,182.625,265.5,2.37714036330115618522e+02,2.9212817200526251327e+02,2.11440388276924522864e+02,3.15311686818313830827e+02,1.95093902129455585734e+02,3.28820328282752825542e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',162,'P0006','platelet',365.25,365.25,265.5,227.0746,303.9254,192.4119,338.5881,171.717,359.283,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',163,'P0006','platelet',730.5,730.5,265.5,2.12836019089851362189e+02,3.21427001428008452411e+02,1.68388089622209434991e+02,3.74468775307760608933e+02,1.43358307525791332185e+02,4.07242215788991813963e+02,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',164,'P0006','protime',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('ca801983750eabfc',165,'P0006','protime',182.625,182.625,10.022,9.70575278493855897465e+00,1.03484744507479824453e+01,9.42909433461081114558e+00,1.06521275404336765999e+01,9.26767166784875762175e+00,1.08376863834254564265e+01,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',166,'P0006','protime',365.25,365.25,10.022,9.5777,10.4868,9.1939,10.9246,8.9721,11.1947,NULL,'');
INSERT INTO "horizons" VALUES('ca801983750eabfc',167,'P0006','protime',730.5,730.5,10.022,9.39948484557399588368e+00,1.06855840608445156196e+01,8.8712652136289857907e+00,1.13218739909863881361e+01,8.57011955129181401957e+00,1.17197611400404664292e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',0,'P0001','albumin',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',1,'P0001','albumin',182.625,2.15497500000000036376e+03,3.435,3.32738284746933743463e+00,3.54123810519400050722e+00,3.22904800949229198181e+00,3.63595625683237511083e+00,3.16977018067271387735e+00,3.69199671936958839779e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',2,'P0001','albumin',365.25,2.33760000000000036377e+03,3.435,3.2838,3.5862,3.1474,3.7226,3.066,3.804,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',3,'P0001','albumin',730.5,2.70285000000000036378e+03,3.435,3.22313729654531488932e+00,3.65076195565589500802e+00,3.03544426422303725843e+00,3.84866896698646199226e+00,2.92501979571526282697e+00,3.968221186560640934e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',4,'P0001','alk_phos',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',5,'P0001','alk_phos',182.625,2.15497500000000036376e+03,483.5696,4.27359050179311907415e+02,5.47173477240986812827e+02,3.82280403915958345347e+02,6.11696430641940310131e+02,3.57666956364410509655e+02,6.53791355156853683195e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',6,'P0001','alk_phos',365.25,2.33760000000000036377e+03,483.5696,406.0352,575.9095,346.817,674.2448,315.664,740.7863,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',7,'P0001','alk_phos',730.5,2.70285000000000036378e+03,483.5696,3.77682463434764372324e+02,6.19143168214033153169e+02,3.02207391072863742922e+02,7.73771807119575214537e+02,2.64544445463447459583e+02,8.83933018282859734454e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',8,'P0001','ast',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',9,'P0001','ast',182.625,2.15497500000000036376e+03,177.5348,1.57124783714956407724e+02,2.00595955449582731945e+02,1.40734248700877913047e+02,2.23958348355918502648e+02,1.31775415549872462858e+02,239.184266409977,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',10,'P0001','ast',365.25,2.33760000000000036377e+03,177.5348,149.3741,211.0044,127.824,246.5782,116.4702,270.6152,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',11,'P0001','ast',730.5,2.70285000000000036378e+03,177.5348,1.39061173682409474846e+02,2.26652675096549984347e+02,1.11561951557669544851e+02,2.82521183442969743282e+02,9.78104582501096473344e+01,3.22241686126206445801e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',12,'P0001','bili',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',13,'P0001','bili',182.625,2.15497500000000036376e+03,1.7737,1.55648585503835068521e+00,2.0212858779019118316e+00,1.38341953655970240077e+00,2.27412142046452458998e+00,1.28943739995939887776e+00,2.4398777177632786639e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',14,'P0001','bili',365.25,2.33760000000000036377e+03,1.7737,1.4745,2.1337,1.2481,2.5207,1.1299,2.7844,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',15,'P0001','bili',730.5,2.70285000000000036378e+03,1.7737,1.36587259228418878009e+00,2.30343158381107349086e+00,1.07901539952362979235e+00,2.91572883521203563006e+00,9.3739009325931921257e-01,3.35626277140313744595e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',16,'P0001','edema',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',17,'P0001','edema',182.625,2.15497500000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.404,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',18,'P0001','edema',365.25,2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.404,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',19,'P0001','edema',730.5,2.70285000000000036378e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.404,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',20,'P0001','platelet',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',21,'P0001','platelet',182.625,2.15497500000000036376e+03,179.875,1.6063444303209740838e+02,1.98296783237359647948e+02,1.42419261798287976718e+02,2.14324752884594659017e+02,1.31072709025632548216e+02,2.236600684777443746e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',22,'P0001','platelet',365.25,2.33760000000000036377e+03,179.875,153.2807,206.4693,129.2905,230.4595,114.9675,244.7825,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',23,'P0001','platelet',730.5,2.70285000000000036378e+03,179.875,1.43451976585029285617e+02,2.18605221638829220857e+02,1.12763008373422010774e+02,2.55372340230952516999e+02,9.55110774221994915898e+01,2.78103273003303968374e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',24,'P0001','protime',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',25,'P0001','protime',182.625,2.15497500000000036376e+03,12.4453,1.21450399277644027762e+01,1.27530202405168235912e+01,1.18803360813071261507e+01,1.30371701493804579283e+01,1.17250770785246114511e+01,13.2097585230985,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',26,'P0001','protime',365.25,2.33760000000000036377e+03,12.4453,12.0228,12.8827,11.6539,13.2905,11.4391,13.54,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',27,'P0001','protime',730.5,2.70285000000000036378e+03,12.4453,1.18520240449801583793e+01,1.30683491161347440365e+01,1.13410191321067372878e+01,1.36571882962963453422e+01,1.10465342335936647091e+01,1.40211742777252048597e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',28,'P0002','albumin',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',29,'P0002','albumin',182.625,840.075,3.2425,3.12881451225803663973e+00,3.35455754076021683829e+00,3.02482591683190538134e+00,3.45427785126367803414e+00,2.96196725750707745561e+00,3.51330784114170269205e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',30,'P0002','albumin',365.25,1022.7,3.2425,3.0829,3.4021,2.939,3.546,2.853,3.632,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',31,'P0002','albumin',730.5,1387.95,3.2425,3.01911495824718389968e+00,3.47048767749305531182e+00,2.82176463442959946092e+00,3.67988757863710569395e+00,2.70570548482467154727e+00,3.80673307220594248079e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',32,'P0002','alk_phos',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',33,'P0002','alk_phos',182.625,840.075,658.5184,5.74794614512845555495e+02,754.437226078839,5.0844077847144689029e+02,8.52894734831688310777e+02,4.72535762752063419594e+02,9.17700818004249185833e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',34,'P0002','alk_phos',365.25,1022.7,658.5184,543.3144,798.1501,456.786,949.3427,411.844,1052.9386,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',35,'P0002','alk_phos',730.5,1387.95,658.5184,5.01715440104590356881e+02,8.64327447940001661677e+02,3.92566138186345142463e+02,1.10464556298444495038e+03,3.39079435107165295449e+02,1.27889333292079322745e+03,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',36,'P0002','ast',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',37,'P0002','ast',182.625,840.075,163.2424,1.43248462501520378966e+02,1.86026956421210314836e+02,1.27321992913480286802e+02,209.296678047619,1.18670573020109586085e+02,2.24555009685213292414e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',38,'P0002','ast',365.25,1022.7,163.2424,135.702,196.372,114.8676,231.9894,103.9869,256.2637,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',39,'P0002','ast',730.5,1387.95,163.2424,1.25703383490131784586e+02,2.11991667087343017773e+02,9.93056330920172882804e+01,2.68343882727579909888e+02,8.62686710126851892272e+01,3.0889617142804945615e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',40,'P0002','bili',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',41,'P0002','bili',182.625,840.075,0.9514,8.10471976986865350056e-01,1.11675688203104628293e+00,0.701324374791449,1.29050556029176544114e+00,0.643350896243638,1.40690543655570032832e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',42,'P0002','bili',365.25,1022.7,0.9514,0.7584,1.1934,0.6181,1.4642,0.5471,1.6544,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',43,'P0002','bili',730.5,1387.95,0.9514,6.90419198529533262309e-01,1.31085340925342,5.16981163208552696453e-01,1.75047782335922108565e+00,4.35043489276321471148e-01,2.08049496259195443315e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',44,'P0002','edema',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',45,'P0002','edema',182.625,840.075,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.154,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',46,'P0002','edema',365.25,1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.154,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',47,'P0002','edema',730.5,1387.95,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.154,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',48,'P0002','platelet',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',49,'P0002','platelet',182.625,840.075,195.25,1.74011049640031927772e+02,2.15570395081817707712e+02,1.53885132704223224209e+02,2.33240862500473923536e+02,1.41336167286552722537e+02,2.43529573911967759151e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',50,'P0002','platelet',365.25,1022.7,195.25,165.9053,224.5947,139.4342,251.0658,123.6299,266.8701,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',51,'P0002','platelet',730.5,1387.95,195.25,1.55082434810886866209e+02,2.38005609401951261365e+02,1.2128365719537202949e+02,278.623815313521,1.02309409389256941833e+02,303.747264377693,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',52,'P0002','protime',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',53,'P0002','protime',182.625,840.075,10.7249,1.04482795895408440143e+01,1.10088803671968271657e+01,1.02048532508027776086e+01,1.12714384341583837565e+01,1.00622416347191609984e+01,1.14311917670504037403e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',54,'P0002','protime',365.25,1022.7,10.7249,10.3358,11.1287,9.9969,11.5059,9.7999,11.7372,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',55,'P0002','protime',730.5,1387.95,10.7249,1.01787938704524787429e+01,1.13003801377403725327e+01,9.71002339139945469526e+00,1.18458283410589206853e+01,9.44052687815044677677e+00,1.21839966074351231379e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',56,'P0003','albumin',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',57,'P0003','albumin',182.625,182.625,3.4,3.20054842219318391727e+00,3.5947157088038608208e+00,3.01604602711979197238e+00,3.76673939138996471953e+00,2.90370966198715407813e+00,3.86784011254894,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',58,'P0003','albumin',365.25,365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',59,'P0003','albumin',730.5,730.5,3.4,3.01279711847155295956e+00,3.80058265503566072851e+00,2.67545106991325898349e+00,4.17303695372024741061e+00,2.47986170621104573541e+00,4.40005504007135250787e+00,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',60,'P0003','alk_phos',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',61,'P0003','alk_phos',182.625,182.625,1100.0,824.793094668617,1.46703461681306271207e+03,6.36124810394442306458e+02,1.90214238602255682059e+03,5.44746841880554711658e+02,2.22121531558033348118e+03,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',62,'P0003','alk_phos',365.25,365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',63,'P0003','alk_phos',730.5,730.5,1100.0,618.43968092094,1.95653687902531805784e+03,3.67867976726695530939e+02,3.28922332427598666988e+03,2.69771928853489100668e+02,4.48527043469876389274e+03,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',64,'P0003','ast',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',65,'P0003','ast',182.625,182.625,110.0,8.60682695615180790547e+01,1.40586068046171021707e+02,6.89806048216547083038e+01,1.75411638870474291705e+02,6.04424302698985087527e+01,2.00190492135171552948e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',66,'P0003','ast',365.25,365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',67,'P0003','ast',730.5,730.5,110.0,6.73431547755830877104e+01,1.79676750260751191485e+02,4.32574894687390241196e+01,2.79720391374778955652e+02,3.32117034266503949888e+01,3.64329392193838032189e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',68,'P0003','bili',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',69,'P0003','bili',182.625,182.625,1.6,1.02512987521976017823e+00,2.49722541468892611504e+00,6.86065855006753544387e-01,3.73131569397243945118e+00,0.539835177330643,4.74226198249333297241e+00,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',70,'P0003','bili',365.25,365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',71,'P0003','bili',730.5,730.5,1.6,6.56807038167550594209e-01,3.89758423235517392768e+00,2.94178973378842356645e-01,8.70169800505314405825e+00,1.8213876167725429056e-01,1.40556554441259962118e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',72,'P0003','edema',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',73,'P0003','edema',182.625,182.625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.042,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',74,'P0003','edema',365.25,365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.042,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',75,'P0003','edema',730.5,730.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.042,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',76,'P0003','platelet',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',77,'P0003','platelet',182.625,182.625,235.0,1.88653648793208816416e+02,2.77812382239248790928e+02,1.42330286186887178699e+02,3.14197425388914894036e+02,1.11463815816539579372e+02,3.35102911217710754945e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',78,'P0003','platelet',365.25,365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',79,'P0003','platelet',730.5,730.5,235.0,151.447656182942,3.28424339257219060077e+02,8.62038738980476892947e+01,4.20085200514990503945e+02,5.28688605803551396871e+01,4.77846643006744386649e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',80,'P0003','protime',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',81,'P0003','protime',182.625,182.625,10.8,1.02828777048354513823e+01,1.13431820776667624528e+01,9.83764938738182692645e+00,1.1856479173834918228e+01,9.58107212363627525064e+00,1.21739888920682837181e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',82,'P0003','protime',365.25,365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',83,'P0003','protime',730.5,730.5,10.8,9.79051610116685111506e+00,1.19136833006574480718e+01,8.96105050639389,1.30163054073686268452e+01,8.49971694799260291119e+00,1.37227782911298135104e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',84,'P0004','albumin',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',85,'P0004','albumin',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',86,'P0004','albumin',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',87,'P0004','albumin',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',88,'P0004','alk_phos',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',89,'P0004','alk_phos',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',90,'P0004','alk_phos',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',91,'P0004','alk_phos',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',92,'P0004','ast',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',93,'P0004','ast',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',94,'P0004','ast',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',95,'P0004','ast',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',96,'P0004','bili',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',97,'P0004','bili',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',98,'P0004','bili',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',99,'P0004','bili',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',100,'P0004','edema',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',101,'P0004','edema',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',102,'P0004','edema',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',103,'P0004','edema',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',104,'P0004','platelet',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',105,'P0004','platelet',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',106,'P0004','platelet',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',107,'P0004','platelet',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',108,'P0004','protime',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',109,'P0004','protime',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',110,'P0004','protime',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',111,'P0004','protime',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',112,'P0005','albumin',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',113,'P0005','albumin',182.625,840.075,3.2425,3.12881451225803663973e+00,3.35455754076021683829e+00,3.02482591683190538134e+00,3.45427785126367803414e+00,2.96196725750707745561e+00,3.51330784114170269205e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',114,'P0005','albumin',365.25,1022.7,3.2425,3.0829,3.4021,2.939,3.546,2.853,3.632,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',115,'P0005','albumin',730.5,1387.95,3.2425,3.01911495824718389968e+00,3.47048767749305531182e+00,2.82176463442959946092e+00,3.67988757863710569395e+00,2.70570548482467154727e+00,3.80673307220594248079e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',116,'P0005','alk_phos',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',117,'P0005','alk_phos',182.625,840.075,1204.1401,1.05104622810668956844e+03,1.37953333293546097598e+03,9.29714236958174069548e+02,1.55956883425753403574e+03,8.64059796555231741845e+02,1.67807063260293261915e+03,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',118,'P0005','alk_phos',365.25,1022.7,1204.1401,993.4828,1459.4649,835.2604,1735.9297,753.0813,1925.361,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',119,'P0005','alk_phos',730.5,1387.95,1204.1401,917.416647462616,1.58047407995134585692e+03,7.1783056008409641892e+02,2.01991026524854032689e+03,6.20026965319955934317e+02,2.33853274050453592276e+03,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',120,'P0005','ast',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',121,'P0005','ast',182.625,840.075,72.4192,6.35493249870277523419e+01,8.25271230886886257831e+01,56.483839303599,9.28502388561341689392e+01,5.2645813975340466583e+01,9.9619288088673613405e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',122,'P0005','ast',365.25,1022.7,72.4192,60.2015,87.1165,50.9587,102.9174,46.1317,113.6862,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',123,'P0005','ast',730.5,1387.95,72.4192,5.57658287623568043028e+01,9.40458613916691206231e+01,4.40549481694743150228e+01,1.19045320241609516639e+02,3.82713662830596490493e+01,1.37035517643030402723e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',124,'P0005','bili',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',125,'P0005','bili',182.625,840.075,2.6909,2.29236033342654277333e+00,3.15867935371875763195e+00,1.98375042704097492851e+00,3.6501478012250205829e+00,1.81963113232341111569e+00,3.97927113313996150267e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',126,'P0005','bili',365.25,1022.7,2.6909,2.1451,3.3755,1.7484,4.1415,1.5474,4.6793,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',127,'P0005','bili',730.5,1387.95,2.6909,1.9528469650553537118e+00,3.70777630518010603566e+00,1.46243478270662219387e+00,4.95134675045072381038e+00,1.23046469869581898137e+00,5.88449914565424,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',128,'P0005','edema',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',129,'P0005','edema',182.625,840.075,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.474,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',130,'P0005','edema',365.25,1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.474,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',131,'P0005','edema',730.5,1387.95,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.474,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',132,'P0005','platelet',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',133,'P0005','platelet',182.625,840.075,231.25,2.10091796491644942088e+02,2.51633903453843572601e+02,1.90218136324557036687e+02,2.69450420593607930185e+02,1.7793465095428922496e+02,2.79857363092716525452e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',134,'P0005','platelet',365.25,1022.7,231.25,201.9053,260.5947,175.4342,287.0658,159.6299,302.8701,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',135,'P0005','platelet',730.5,1387.95,231.25,1.90869461418753502352e+02,2.73814578886133062961e+02,156.466764915839,313.961207170042,1.36911308152323158533e+02,3.38681702387928908128e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',136,'P0005','protime',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',137,'P0005','protime',182.625,840.075,9.732,9.48097275547969431386e+00,9.9896781373996610398e+00,9.26010045493654132542e+00,1.0227943361367122677e+01,9.13066405520628876502e+00,1.03729161864136756323e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',138,'P0005','protime',365.25,1022.7,9.732,9.3789,10.0984,9.0714,10.4407,8.8926,10.6506,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',139,'P0005','protime',730.5,1387.95,9.732,9.23642050864655139719e+00,1.02541789240485812226e+01,8.81108306982284616992e+00,1.07491600291136268907e+01,8.56648439057091692916e+00,1.1056040917628733311e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',140,'P0006','albumin',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',141,'P0006','albumin',182.625,2.15497500000000036376e+03,3.715,3.60743676035466043217e+00,3.8212882199149467155e+00,3.50924997283277484427e+00,3.91613198805833517823e+00,3.45010982202824889597e+00,3.97228077877948715368e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',142,'P0006','albumin',365.25,2.33760000000000036377e+03,3.715,3.5638,3.8662,3.4274,4.0026,3.346,4.084,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',143,'P0006','albumin',730.5,2.70285000000000036378e+03,3.715,3.50298788154996731947e+00,3.93061740502308,3.31489512027640120805e+00,4.1281533641705854265e+00,3.20410707511596148933e+00,4.24737943081049,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',144,'P0006','alk_phos',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',145,'P0006','alk_phos',182.625,2.15497500000000036376e+03,828.8444,7.32498912495819922688e+02,9.37862279232813079912e+02,655.233425814995,1.04845546943119029487e+03,6.13045613765978600903e+02,1.12060671780348639005e+03,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',146,'P0006','alk_phos',365.25,2.33760000000000036377e+03,828.8444,695.9496,987.1162,594.4487,1155.6642,541.052,1269.7172,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',147,'P0006','alk_phos',730.5,2.70285000000000036378e+03,828.8444,6.47352695883037654311e+02,1.0612192768724348753e+03,5.17987263116279336846e+02,1.32625480896073827353e+03,4.53432422970711343154e+02,1.51507257090269627048e+03,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',148,'P0006','ast',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',149,'P0006','ast',182.625,2.15497500000000036376e+03,40.2853,3.5653950149015479099e+01,4.55181855687504182111e+01,3.19347231874249111167e+01,5.08194459907717614993e+01,2.99017880846693699936e+01,5.42744641384841060034e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',150,'P0006','ast',365.25,2.33760000000000036377e+03,40.2853,33.8952,47.88,29.0052,55.9522,26.4288,61.4066,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',151,'P0006','ast',730.5,2.70285000000000036378e+03,40.2853,3.15550377241445652027e+01,5.14308002539685489313e+01,2.53151036496551888892e+01,6.4108150884043766382e+01,2.21946201383749155402e+01,7.31213980662821683154e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',152,'P0006','bili',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',153,'P0006','bili',182.625,2.15497500000000036376e+03,1.6,1.40405714122492764062e+00,1.82330950976960903808e+00,1.24796162255497922188e+00,2.05138559959779565033e+00,1.16312300908124899301e+00,2.20092517490935479784e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',154,'P0006','bili',365.25,2.33760000000000036377e+03,1.6,1.3301,1.9247,1.1259,2.2738,1.0192,2.5117,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',155,'P0006','bili',730.5,2.70285000000000036378e+03,1.6,1.23211028489044793765e+00,2.07778598026018235245e+00,9.73380132106285156368e-01,2.63011429889825532058e+00,8.45534458908887120998e-01,3.02754476596860833126e+00,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',156,'P0006','edema',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',157,'P0006','edema',182.625,2.15497500000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.507,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',158,'P0006','edema',365.25,2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.507,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',159,'P0006','edema',730.5,2.70285000000000036378e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.507,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',160,'P0006','platelet',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',161,'P0006','platelet',182.625,2.15497500000000036376e+03,225.375,2.06227287353597148471e+02,2.43870533556311784193e+02,1.88299729635543428678e+02,2.60068907962476544067e+02,1.77253287904772037107e+02,2.6954263080657369755e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',162,'P0006','platelet',365.25,2.33760000000000036377e+03,225.375,198.7807,251.9693,174.7905,275.9595,160.4675,290.2825,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',163,'P0006','platelet',730.5,2.70285000000000036378e+03,225.375,1.88706351854567429878e+02,2.63883914085591527506e+02,1.57323519382445908831e+02,3.00103546927543391115e+02,1.39406447356858592461e+02,3.22365967042169302195e+02,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',164,'P0006','protime',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',165,'P0006','protime',182.625,2.15497500000000036376e+03,9.8311,9.59387660104183481735e+00,1.00742367040562328381e+01,9.38485460949914340744e+00,1.02986021961120499668e+01,9.26219442102754619838e+00,1.0435012753414392606e+01,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',166,'P0006','protime',365.25,2.33760000000000036377e+03,9.8311,9.4973,10.1767,9.206,10.4987,9.0363,10.6959,NULL,'');
INSERT INTO "horizons" VALUES('c3a4d013291294a6',167,'P0006','protime',730.5,2.70285000000000036378e+03,9.8311,9.36237737750791154667e+00,1.03233865151767130181e+01,8.95886483114171561226e+00,1.07883357095100222981e+01,8.72621024024918767736e+00,1.10760231473508596877e+01,NULL,'');
CREATE TABLE journal (
	sequence INTEGER NOT NULL, 
	study TEXT NOT NULL, 
	release_id VARCHAR(16) NOT NULL, 
	action TEXT NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	PRIMARY KEY (sequence)
);
INSERT INTO "journal" VALUES(1,'pbc','ca801983750eabfc','stage','2026-11-20T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(2,'pbc','ca801983750eabfc','promote','2026-11-20T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(3,'pbc','c3a4d013291294a6','stage','2026-11-21T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(4,'pbc','c3a4d013291294a6','promote','2026-11-21T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(5,'pbc','ca801983750eabfc','rollback','2026-11-22T03:00:00+00:00','steward: wrong units');
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
INSERT INTO "outcomes" VALUES('ca801983750eabfc',0,'bili','Bilirubin','continuous','mg/dL','log',0.1,1.2,0,0);
INSERT INTO "outcomes" VALUES('ca801983750eabfc',1,'albumin','Albumin','continuous','g/dL','identity',3.5,5.0,1,0);
INSERT INTO "outcomes" VALUES('ca801983750eabfc',2,'protime','Prothrombin time','continuous','s','log',9.5,12.0,2,0);
INSERT INTO "outcomes" VALUES('ca801983750eabfc',3,'platelet','Platelets','continuous','10^9/L','identity',150.0,400.0,3,0);
INSERT INTO "outcomes" VALUES('ca801983750eabfc',4,'alk_phos','Alkaline phosphatase','continuous','U/L','log',40.0,130.0,4,0);
INSERT INTO "outcomes" VALUES('ca801983750eabfc',5,'ast','Aspartate aminotransferase (AST)','continuous','U/L','log',8.0,40.0,5,0);
INSERT INTO "outcomes" VALUES('ca801983750eabfc',6,'edema','Oedema or ascites','binary','','identity',NULL,NULL,6,1);
INSERT INTO "outcomes" VALUES('c3a4d013291294a6',0,'bili','Bilirubin','continuous','mg/dL','log',0.1,1.2,0,0);
INSERT INTO "outcomes" VALUES('c3a4d013291294a6',1,'albumin','Albumin','continuous','g/dL','identity',3.5,5.0,1,0);
INSERT INTO "outcomes" VALUES('c3a4d013291294a6',2,'protime','Prothrombin time','continuous','s','log',9.5,12.0,2,0);
INSERT INTO "outcomes" VALUES('c3a4d013291294a6',3,'platelet','Platelets','continuous','10^9/L','identity',150.0,400.0,3,0);
INSERT INTO "outcomes" VALUES('c3a4d013291294a6',4,'alk_phos','Alkaline phosphatase','continuous','U/L','log',40.0,130.0,4,0);
INSERT INTO "outcomes" VALUES('c3a4d013291294a6',5,'ast','Aspartate aminotransferase (AST)','continuous','U/L','log',8.0,40.0,5,0);
INSERT INTO "outcomes" VALUES('c3a4d013291294a6',6,'edema','Oedema or ascites','binary','','identity',NULL,NULL,6,1);
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
INSERT INTO "predictions" VALUES('ca801983750eabfc',0,'P0001','bili',2.33760000000000036377e+03,3.253,2.7042,3.9131,2.289,4.6229,2.0722,5.1066,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',1,'P0001','albumin',2.33760000000000036377e+03,2.1662,2.0151,2.3174,1.8787,2.4538,1.7973,2.5352,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',2,'P0001','protime',2.33760000000000036377e+03,12.6166,12.1883,13.0601,11.8143,13.4734,11.5966,13.7264,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',3,'P0001','platelet',2.33760000000000036377e+03,212.25,185.6557,238.8443,161.6655,262.8345,147.3425,277.1575,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',4,'P0001','alk_phos',2.33760000000000036377e+03,799.6147,671.4065,952.3049,573.4851,1114.909,521.9715,1224.9398,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',5,'P0001','ast',2.33760000000000036377e+03,82.7022,69.5839,98.2936,59.5451,114.8651,54.2561,126.0624,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',6,'P0001','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.375,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',7,'P0002','bili',1022.7,1.3693,1.0915,1.7177,0.8897,2.1074,0.7874,2.3811,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('ca801983750eabfc',8,'P0002','albumin',1022.7,3.4825,3.3229,3.6421,3.179,3.786,3.093,3.872,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient. The newest value is much lower than expected from the earlier ones.');
INSERT INTO "predictions" VALUES('ca801983750eabfc',9,'P0002','protime',1022.7,10.7249,10.3358,11.1287,9.9969,11.5059,9.7999,11.7372,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('ca801983750eabfc',10,'P0002','platelet',1022.7,186.25,156.9053,215.5947,130.4342,242.0658,114.6299,257.8701,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('ca801983750eabfc',11,'P0002','alk_phos',1022.7,920.9541,759.8385,1116.2324,638.8264,1327.679,575.9739,1472.5604,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('ca801983750eabfc',12,'P0002','ast',1022.7,157.0218,130.5309,188.8889,110.4904,223.1491,100.0243,246.4983,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('ca801983750eabfc',13,'P0002','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.521,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('ca801983750eabfc',14,'P0003','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',15,'P0003','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',16,'P0003','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',17,'P0003','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',18,'P0003','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',19,'P0003','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',20,'P0003','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.447,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',21,'P0004','bili',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',22,'P0004','albumin',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',23,'P0004','protime',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',24,'P0004','platelet',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',25,'P0004','alk_phos',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',26,'P0004','ast',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',27,'P0004','edema',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.214,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',28,'P0005','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',29,'P0005','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',30,'P0005','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',31,'P0005','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',32,'P0005','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',33,'P0005','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',34,'P0005','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.194,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',35,'P0006','bili',365.25,1.7889,1.2644,2.5308,0.9246,3.4609,0.767,4.172,NULL,1.6,0.3442,7.4377,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',36,'P0006','albumin',365.25,3.775,3.5855,3.9645,3.4146,4.1354,3.3126,4.2374,NULL,3.4,2.72,4.08,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',37,'P0006','protime',365.25,10.022,9.5777,10.4868,9.1939,10.9246,8.9721,11.1947,NULL,10.8,9.1174,12.7931,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',38,'P0006','platelet',365.25,265.5,227.0746,303.9254,192.4119,338.5881,171.717,359.283,NULL,235.0,81.8382,388.1618,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',39,'P0006','alk_phos',365.25,1440.729,1121.4875,1850.8454,894.6629,2320.0917,781.7519,2655.1902,NULL,1100.0,407.1717,2971.7194,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',40,'P0006','ast',365.25,78.0641,62.23,97.9271,50.7211,120.1473,44.8916,135.7494,NULL,110.0,47.1656,256.5429,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('ca801983750eabfc',41,'P0006','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.476,NULL,NULL,NULL,0.214,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',0,'P0001','bili',2.33760000000000036377e+03,1.7737,1.4745,2.1337,1.2481,2.5207,1.1299,2.7844,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',1,'P0001','albumin',2.33760000000000036377e+03,3.435,3.2838,3.5862,3.1474,3.7226,3.066,3.804,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',2,'P0001','protime',2.33760000000000036377e+03,12.4453,12.0228,12.8827,11.6539,13.2905,11.4391,13.54,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',3,'P0001','platelet',2.33760000000000036377e+03,179.875,153.2807,206.4693,129.2905,230.4595,114.9675,244.7825,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',4,'P0001','alk_phos',2.33760000000000036377e+03,483.5696,406.0352,575.9095,346.817,674.2448,315.664,740.7863,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',5,'P0001','ast',2.33760000000000036377e+03,177.5348,149.3741,211.0044,127.824,246.5782,116.4702,270.6152,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',6,'P0001','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.404,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',7,'P0002','bili',1022.7,0.9514,0.7584,1.1934,0.6181,1.4642,0.5471,1.6544,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',8,'P0002','albumin',1022.7,3.2425,3.0829,3.4021,2.939,3.546,2.853,3.632,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient. The newest value is much lower than expected from the earlier ones.');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',9,'P0002','protime',1022.7,10.7249,10.3358,11.1287,9.9969,11.5059,9.7999,11.7372,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',10,'P0002','platelet',1022.7,195.25,165.9053,224.5947,139.4342,251.0658,123.6299,266.8701,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',11,'P0002','alk_phos',1022.7,658.5184,543.3144,798.1501,456.786,949.3427,411.844,1052.9386,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',12,'P0002','ast',1022.7,163.2424,135.702,196.372,114.8676,231.9894,103.9869,256.2637,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',13,'P0002','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.154,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',14,'P0003','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',15,'P0003','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',16,'P0003','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',17,'P0003','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',18,'P0003','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',19,'P0003','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',20,'P0003','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.042,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',21,'P0004','bili',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',22,'P0004','albumin',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',23,'P0004','protime',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',24,'P0004','platelet',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',25,'P0004','alk_phos',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',26,'P0004','ast',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',27,'P0004','edema',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.214,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',28,'P0005','bili',1022.7,2.6909,2.1451,3.3755,1.7484,4.1415,1.5474,4.6793,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',29,'P0005','albumin',1022.7,3.2425,3.0829,3.4021,2.939,3.546,2.853,3.632,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',30,'P0005','protime',1022.7,9.732,9.3789,10.0984,9.0714,10.4407,8.8926,10.6506,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',31,'P0005','platelet',1022.7,231.25,201.9053,260.5947,175.4342,287.0658,159.6299,302.8701,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',32,'P0005','alk_phos',1022.7,1204.1401,993.4828,1459.4649,835.2604,1735.9297,753.0813,1925.361,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',33,'P0005','ast',1022.7,72.4192,60.2015,87.1165,50.9587,102.9174,46.1317,113.6862,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',34,'P0005','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.474,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',35,'P0006','bili',2.33760000000000036377e+03,1.6,1.3301,1.9247,1.1259,2.2738,1.0192,2.5117,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',36,'P0006','albumin',2.33760000000000036377e+03,3.715,3.5638,3.8662,3.4274,4.0026,3.346,4.084,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',37,'P0006','protime',2.33760000000000036377e+03,9.8311,9.4973,10.1767,9.206,10.4987,9.0363,10.6959,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',38,'P0006','platelet',2.33760000000000036377e+03,225.375,198.7807,251.9693,174.7905,275.9595,160.4675,290.2825,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',39,'P0006','alk_phos',2.33760000000000036377e+03,828.8444,695.9496,987.1162,594.4487,1155.6642,541.052,1269.7172,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',40,'P0006','ast',2.33760000000000036377e+03,40.2853,33.8952,47.88,29.0052,55.9522,26.4288,61.4066,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c3a4d013291294a6',41,'P0006','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.507,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
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
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',0,'visits','chol','mg/dL','',221,626);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',1,'visits','chol','mg/dL','placebo, stage 1-2',20,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',2,'visits','chol','mg/dL','placebo, stage 3',22,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',3,'visits','chol','mg/dL','placebo, stage 4',61,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',4,'visits','chol','mg/dL','D-penicillamine, stage 1-2',15,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',5,'visits','chol','mg/dL','D-penicillamine, stage 3',18,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',6,'visits','chol','mg/dL','D-penicillamine, stage 4',85,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',7,'visits','platelet','10^9/L','',39,626);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',8,'visits','platelet','10^9/L','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',9,'visits','platelet','10^9/L','placebo, stage 3',NULL,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',10,'visits','platelet','10^9/L','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',11,'visits','platelet','10^9/L','D-penicillamine, stage 1-2',14,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',12,'visits','platelet','10^9/L','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',13,'visits','platelet','10^9/L','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',14,'visits','bili','mg/dL','',0,626);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',15,'visits','bili','mg/dL','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',16,'visits','bili','mg/dL','placebo, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',17,'visits','bili','mg/dL','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',18,'visits','bili','mg/dL','D-penicillamine, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',19,'visits','bili','mg/dL','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('ca801983750eabfc',20,'visits','bili','mg/dL','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',0,'visits','chol','mg/dL','',221,626);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',1,'visits','chol','mg/dL','placebo, stage 1-2',20,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',2,'visits','chol','mg/dL','placebo, stage 3',22,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',3,'visits','chol','mg/dL','placebo, stage 4',61,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',4,'visits','chol','mg/dL','D-penicillamine, stage 1-2',15,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',5,'visits','chol','mg/dL','D-penicillamine, stage 3',18,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',6,'visits','chol','mg/dL','D-penicillamine, stage 4',85,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',7,'visits','platelet','10^9/L','',39,626);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',8,'visits','platelet','10^9/L','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',9,'visits','platelet','10^9/L','placebo, stage 3',NULL,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',10,'visits','platelet','10^9/L','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',11,'visits','platelet','10^9/L','D-penicillamine, stage 1-2',14,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',12,'visits','platelet','10^9/L','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',13,'visits','platelet','10^9/L','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',14,'visits','bili','mg/dL','',0,626);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',15,'visits','bili','mg/dL','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',16,'visits','bili','mg/dL','placebo, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',17,'visits','bili','mg/dL','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',18,'visits','bili','mg/dL','D-penicillamine, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',19,'visits','bili','mg/dL','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('c3a4d013291294a6',20,'visits','bili','mg/dL','D-penicillamine, stage 4',0,104);
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
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',0,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','','rows',4,640);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',1,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','','rows',10,640);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',2,'visits','visits.chol.missing_at_most','W_COMPLETENESS','More is missing than allowed','','rows',221,640);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',3,'visits','visits.sex.type','N_CATEGORY','Declared spellings of a category','','rows',12,640);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',4,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 1-2','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',5,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',6,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',7,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',8,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',9,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 4','patients',12,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',10,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',11,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',12,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',13,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',14,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('ca801983750eabfc',15,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',0,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','','rows',4,640);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',1,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','','rows',10,640);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',2,'visits','visits.chol.missing_at_most','W_COMPLETENESS','More is missing than allowed','','rows',221,640);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',3,'visits','visits.sex.type','N_CATEGORY','Declared spellings of a category','','rows',12,640);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',4,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 1-2','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',5,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',6,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',7,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',8,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',9,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 4','patients',12,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',10,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',11,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',12,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',13,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',14,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('c3a4d013291294a6',15,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 4','patients',0,15);
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
INSERT INTO "quality_shapes" VALUES('ca801983750eabfc',0,'visits','bili','','mg/dL','log','["0.1", "40"]','[null, null, null, null, 15, 23, 33, 45, 58, 70, 81, 88, 90, 88, 81, 70, 58, 45, 33, 23, 15, null, null, null, null, null, 0, 0, 0, 0, 0, 0]');
INSERT INTO "quality_shapes" VALUES('ca801983750eabfc',1,'visits','sex','','','categories','["f", "m"]','[540, 86]');
INSERT INTO "quality_shapes" VALUES('c3a4d013291294a6',0,'visits','bili','','mg/dL','log','["0.1", "40"]','[null, null, null, null, 15, 23, 33, 45, 58, 70, 81, 88, 90, 88, 81, 70, 58, 45, 33, 23, 15, null, null, null, null, null, 0, 0, 0, 0, 0, 0]');
INSERT INTO "quality_shapes" VALUES('c3a4d013291294a6',1,'visits','sex','','','categories','["f", "m"]','[540, 86]');
CREATE TABLE records (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT, 
	time_days DOUBLE, 
	outcome TEXT, 
	value DOUBLE, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "records" VALUES('ca801983750eabfc',0,'P0001',0.0,'bili',2.5);
INSERT INTO "records" VALUES('ca801983750eabfc',1,'P0001',328.725,'bili',2.3);
INSERT INTO "records" VALUES('ca801983750eabfc',2,'P0001',657.45,'bili',2.6);
INSERT INTO "records" VALUES('ca801983750eabfc',3,'P0001',9.86175000000000068212e+02,'bili',2.8);
INSERT INTO "records" VALUES('ca801983750eabfc',4,'P0001',1314.9,'bili',2.6);
INSERT INTO "records" VALUES('ca801983750eabfc',5,'P0001',1643.625,'bili',3.8);
INSERT INTO "records" VALUES('ca801983750eabfc',6,'P0001',1.97235000000000013642e+03,'bili',3.6);
INSERT INTO "records" VALUES('ca801983750eabfc',7,'P0001',0.0,'albumin',2.41);
INSERT INTO "records" VALUES('ca801983750eabfc',8,'P0001',328.725,'albumin',2.3);
INSERT INTO "records" VALUES('ca801983750eabfc',9,'P0001',657.45,'albumin',2.37);
INSERT INTO "records" VALUES('ca801983750eabfc',10,'P0001',9.86175000000000068212e+02,'albumin',2.31);
INSERT INTO "records" VALUES('ca801983750eabfc',11,'P0001',1314.9,'albumin',2.67);
INSERT INTO "records" VALUES('ca801983750eabfc',12,'P0001',1643.625,'albumin',1.89);
INSERT INTO "records" VALUES('ca801983750eabfc',13,'P0001',1.97235000000000013642e+03,'albumin',1.99);
INSERT INTO "records" VALUES('ca801983750eabfc',14,'P0001',0.0,'protime',13.4);
INSERT INTO "records" VALUES('ca801983750eabfc',15,'P0001',328.725,'protime',12.7);
INSERT INTO "records" VALUES('ca801983750eabfc',16,'P0001',657.45,'protime',12.1);
INSERT INTO "records" VALUES('ca801983750eabfc',17,'P0001',9.86175000000000068212e+02,'protime',13.3);
INSERT INTO "records" VALUES('ca801983750eabfc',18,'P0001',1314.9,'protime',13.3);
INSERT INTO "records" VALUES('ca801983750eabfc',19,'P0001',1643.625,'protime',12.5);
INSERT INTO "records" VALUES('ca801983750eabfc',20,'P0001',1.97235000000000013642e+03,'protime',12.9);
INSERT INTO "records" VALUES('ca801983750eabfc',21,'P0001',0.0,'platelet',225.0);
INSERT INTO "records" VALUES('ca801983750eabfc',22,'P0001',328.725,'platelet',227.0);
INSERT INTO "records" VALUES('ca801983750eabfc',23,'P0001',657.45,'platelet',219.0);
INSERT INTO "records" VALUES('ca801983750eabfc',24,'P0001',9.86175000000000068212e+02,'platelet',193.0);
INSERT INTO "records" VALUES('ca801983750eabfc',25,'P0001',1314.9,'platelet',230.0);
INSERT INTO "records" VALUES('ca801983750eabfc',26,'P0001',1643.625,'platelet',236.0);
INSERT INTO "records" VALUES('ca801983750eabfc',27,'P0001',1.97235000000000013642e+03,'platelet',209.0);
INSERT INTO "records" VALUES('ca801983750eabfc',28,'P0001',0.0,'alk_phos',619.0);
INSERT INTO "records" VALUES('ca801983750eabfc',29,'P0001',328.725,'alk_phos',898.0);
INSERT INTO "records" VALUES('ca801983750eabfc',30,'P0001',657.45,'alk_phos',567.0);
INSERT INTO "records" VALUES('ca801983750eabfc',31,'P0001',9.86175000000000068212e+02,'alk_phos',957.0);
INSERT INTO "records" VALUES('ca801983750eabfc',32,'P0001',1314.9,'alk_phos',779.0);
INSERT INTO "records" VALUES('ca801983750eabfc',33,'P0001',1643.625,'alk_phos',589.0);
INSERT INTO "records" VALUES('ca801983750eabfc',34,'P0001',1.97235000000000013642e+03,'alk_phos',764.0);
INSERT INTO "records" VALUES('ca801983750eabfc',35,'P0001',0.0,'ast',88.2);
INSERT INTO "records" VALUES('ca801983750eabfc',36,'P0001',328.725,'ast',86.3);
INSERT INTO "records" VALUES('ca801983750eabfc',37,'P0001',657.45,'ast',120.9);
INSERT INTO "records" VALUES('ca801983750eabfc',38,'P0001',9.86175000000000068212e+02,'ast',103.4);
INSERT INTO "records" VALUES('ca801983750eabfc',39,'P0001',1314.9,'ast',124.5);
INSERT INTO "records" VALUES('ca801983750eabfc',40,'P0001',1643.625,'ast',143.4);
INSERT INTO "records" VALUES('ca801983750eabfc',41,'P0001',1.97235000000000013642e+03,'ast',79.4);
INSERT INTO "records" VALUES('ca801983750eabfc',42,'P0001',0.0,'edema',1.0);
INSERT INTO "records" VALUES('ca801983750eabfc',43,'P0001',328.725,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',44,'P0001',657.45,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',45,'P0001',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',46,'P0001',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',47,'P0001',1643.625,'edema',1.0);
INSERT INTO "records" VALUES('ca801983750eabfc',48,'P0001',1.97235000000000013642e+03,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',49,'P0002',0.0,'bili',1.1);
INSERT INTO "records" VALUES('ca801983750eabfc',50,'P0002',328.725,'bili',1.0);
INSERT INTO "records" VALUES('ca801983750eabfc',51,'P0002',657.45,'bili',1.3);
INSERT INTO "records" VALUES('ca801983750eabfc',52,'P0002',0.0,'albumin',3.2);
INSERT INTO "records" VALUES('ca801983750eabfc',53,'P0002',328.725,'albumin',3.61);
INSERT INTO "records" VALUES('ca801983750eabfc',54,'P0002',657.45,'albumin',3.51);
INSERT INTO "records" VALUES('ca801983750eabfc',55,'P0002',0.0,'protime',10.4);
INSERT INTO "records" VALUES('ca801983750eabfc',56,'P0002',328.725,'protime',10.4);
INSERT INTO "records" VALUES('ca801983750eabfc',57,'P0002',657.45,'protime',10.7);
INSERT INTO "records" VALUES('ca801983750eabfc',58,'P0002',0.0,'platelet',247.0);
INSERT INTO "records" VALUES('ca801983750eabfc',59,'P0002',328.725,'platelet',296.0);
INSERT INTO "records" VALUES('ca801983750eabfc',60,'P0002',657.45,'platelet',170.0);
INSERT INTO "records" VALUES('ca801983750eabfc',61,'P0002',0.0,'alk_phos',714.0);
INSERT INTO "records" VALUES('ca801983750eabfc',62,'P0002',328.725,'alk_phos',1109.0);
INSERT INTO "records" VALUES('ca801983750eabfc',63,'P0002',657.45,'alk_phos',868.0);
INSERT INTO "records" VALUES('ca801983750eabfc',64,'P0002',0.0,'ast',191.7);
INSERT INTO "records" VALUES('ca801983750eabfc',65,'P0002',328.725,'ast',218.9);
INSERT INTO "records" VALUES('ca801983750eabfc',66,'P0002',657.45,'ast',176.8);
INSERT INTO "records" VALUES('ca801983750eabfc',67,'P0002',0.0,'edema',1.0);
INSERT INTO "records" VALUES('ca801983750eabfc',68,'P0002',328.725,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',69,'P0002',657.45,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',70,'P0004',0.0,'bili',0.5);
INSERT INTO "records" VALUES('ca801983750eabfc',71,'P0004',328.725,'bili',0.7);
INSERT INTO "records" VALUES('ca801983750eabfc',72,'P0004',657.45,'bili',0.3);
INSERT INTO "records" VALUES('ca801983750eabfc',73,'P0004',9.86175000000000068212e+02,'bili',0.2);
INSERT INTO "records" VALUES('ca801983750eabfc',74,'P0004',1314.9,'bili',0.3);
INSERT INTO "records" VALUES('ca801983750eabfc',75,'P0004',0.0,'albumin',3.03);
INSERT INTO "records" VALUES('ca801983750eabfc',76,'P0004',328.725,'albumin',3.21);
INSERT INTO "records" VALUES('ca801983750eabfc',77,'P0004',657.45,'albumin',2.98);
INSERT INTO "records" VALUES('ca801983750eabfc',78,'P0004',9.86175000000000068212e+02,'albumin',3.12);
INSERT INTO "records" VALUES('ca801983750eabfc',79,'P0004',1314.9,'albumin',3.0);
INSERT INTO "records" VALUES('ca801983750eabfc',80,'P0004',0.0,'protime',9.5);
INSERT INTO "records" VALUES('ca801983750eabfc',81,'P0004',328.725,'protime',10.0);
INSERT INTO "records" VALUES('ca801983750eabfc',82,'P0004',657.45,'protime',9.4);
INSERT INTO "records" VALUES('ca801983750eabfc',83,'P0004',9.86175000000000068212e+02,'protime',9.4);
INSERT INTO "records" VALUES('ca801983750eabfc',84,'P0004',1314.9,'protime',10.7);
INSERT INTO "records" VALUES('ca801983750eabfc',85,'P0004',0.0,'platelet',250.0);
INSERT INTO "records" VALUES('ca801983750eabfc',86,'P0004',328.725,'platelet',214.0);
INSERT INTO "records" VALUES('ca801983750eabfc',87,'P0004',657.45,'platelet',221.0);
INSERT INTO "records" VALUES('ca801983750eabfc',88,'P0004',9.86175000000000068212e+02,'platelet',246.0);
INSERT INTO "records" VALUES('ca801983750eabfc',89,'P0004',1314.9,'platelet',240.0);
INSERT INTO "records" VALUES('ca801983750eabfc',90,'P0004',0.0,'alk_phos',502.0);
INSERT INTO "records" VALUES('ca801983750eabfc',91,'P0004',328.725,'alk_phos',461.0);
INSERT INTO "records" VALUES('ca801983750eabfc',92,'P0004',657.45,'alk_phos',494.0);
INSERT INTO "records" VALUES('ca801983750eabfc',93,'P0004',9.86175000000000068212e+02,'alk_phos',579.0);
INSERT INTO "records" VALUES('ca801983750eabfc',94,'P0004',1314.9,'alk_phos',990.0);
INSERT INTO "records" VALUES('ca801983750eabfc',95,'P0004',0.0,'ast',38.0);
INSERT INTO "records" VALUES('ca801983750eabfc',96,'P0004',328.725,'ast',65.2);
INSERT INTO "records" VALUES('ca801983750eabfc',97,'P0004',657.45,'ast',82.1);
INSERT INTO "records" VALUES('ca801983750eabfc',98,'P0004',9.86175000000000068212e+02,'ast',62.2);
INSERT INTO "records" VALUES('ca801983750eabfc',99,'P0004',1314.9,'ast',56.7);
INSERT INTO "records" VALUES('ca801983750eabfc',100,'P0004',0.0,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',101,'P0004',328.725,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',102,'P0004',657.45,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',103,'P0004',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',104,'P0004',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('ca801983750eabfc',105,'P0006',0.0,'bili',2.0);
INSERT INTO "records" VALUES('ca801983750eabfc',106,'P0006',0.0,'albumin',4.15);
INSERT INTO "records" VALUES('ca801983750eabfc',107,'P0006',0.0,'protime',9.3);
INSERT INTO "records" VALUES('ca801983750eabfc',108,'P0006',0.0,'platelet',296.0);
INSERT INTO "records" VALUES('ca801983750eabfc',109,'P0006',0.0,'alk_phos',1887.0);
INSERT INTO "records" VALUES('ca801983750eabfc',110,'P0006',0.0,'ast',55.4);
INSERT INTO "records" VALUES('ca801983750eabfc',111,'P0006',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',0,'P0001',0.0,'bili',1.3);
INSERT INTO "records" VALUES('c3a4d013291294a6',1,'P0001',328.725,'bili',1.5);
INSERT INTO "records" VALUES('c3a4d013291294a6',2,'P0001',657.45,'bili',1.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',3,'P0001',9.86175000000000068212e+02,'bili',1.9);
INSERT INTO "records" VALUES('c3a4d013291294a6',4,'P0001',1314.9,'bili',1.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',5,'P0001',1643.625,'bili',1.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',6,'P0001',1.97235000000000013642e+03,'bili',1.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',7,'P0001',0.0,'albumin',3.5);
INSERT INTO "records" VALUES('c3a4d013291294a6',8,'P0001',328.725,'albumin',2.71);
INSERT INTO "records" VALUES('c3a4d013291294a6',9,'P0001',657.45,'albumin',2.72);
INSERT INTO "records" VALUES('c3a4d013291294a6',10,'P0001',9.86175000000000068212e+02,'albumin',2.79);
INSERT INTO "records" VALUES('c3a4d013291294a6',11,'P0001',1314.9,'albumin',3.33);
INSERT INTO "records" VALUES('c3a4d013291294a6',12,'P0001',1643.625,'albumin',3.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',13,'P0001',1.97235000000000013642e+03,'albumin',3.44);
INSERT INTO "records" VALUES('c3a4d013291294a6',14,'P0001',0.0,'protime',11.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',15,'P0001',328.725,'protime',11.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',16,'P0001',657.45,'protime',12.1);
INSERT INTO "records" VALUES('c3a4d013291294a6',17,'P0001',9.86175000000000068212e+02,'protime',10.9);
INSERT INTO "records" VALUES('c3a4d013291294a6',18,'P0001',1314.9,'protime',11.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',19,'P0001',1643.625,'protime',11.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',20,'P0001',1.97235000000000013642e+03,'protime',12.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',21,'P0001',0.0,'platelet',149.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',22,'P0001',328.725,'platelet',201.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',23,'P0001',657.45,'platelet',149.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',24,'P0001',9.86175000000000068212e+02,'platelet',202.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',25,'P0001',1314.9,'platelet',74.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',26,'P0001',1643.625,'platelet',182.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',27,'P0001',1.97235000000000013642e+03,'platelet',172.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',28,'P0001',0.0,'alk_phos',683.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',29,'P0001',328.725,'alk_phos',518.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',30,'P0001',657.45,'alk_phos',655.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',31,'P0001',9.86175000000000068212e+02,'alk_phos',929.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',32,'P0001',1314.9,'alk_phos',552.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',33,'P0001',1643.625,'alk_phos',484.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',34,'P0001',1.97235000000000013642e+03,'alk_phos',430.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',35,'P0001',0.0,'ast',140.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',36,'P0001',328.725,'ast',142.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',37,'P0001',657.45,'ast',170.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',38,'P0001',9.86175000000000068212e+02,'ast',110.3);
INSERT INTO "records" VALUES('c3a4d013291294a6',39,'P0001',1314.9,'ast',97.5);
INSERT INTO "records" VALUES('c3a4d013291294a6',40,'P0001',1643.625,'ast',77.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',41,'P0001',1.97235000000000013642e+03,'ast',190.1);
INSERT INTO "records" VALUES('c3a4d013291294a6',42,'P0001',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',43,'P0001',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',44,'P0001',657.45,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',45,'P0001',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',46,'P0001',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',47,'P0001',1643.625,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',48,'P0001',1.97235000000000013642e+03,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',49,'P0002',0.0,'bili',0.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',50,'P0002',328.725,'bili',0.9);
INSERT INTO "records" VALUES('c3a4d013291294a6',51,'P0002',657.45,'bili',0.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',52,'P0002',0.0,'albumin',3.14);
INSERT INTO "records" VALUES('c3a4d013291294a6',53,'P0002',328.725,'albumin',3.02);
INSERT INTO "records" VALUES('c3a4d013291294a6',54,'P0002',657.45,'albumin',3.19);
INSERT INTO "records" VALUES('c3a4d013291294a6',55,'P0002',0.0,'protime',10.5);
INSERT INTO "records" VALUES('c3a4d013291294a6',56,'P0002',328.725,'protime',9.6);
INSERT INTO "records" VALUES('c3a4d013291294a6',57,'P0002',657.45,'protime',10.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',58,'P0002',0.0,'platelet',146.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',59,'P0002',328.725,'platelet',171.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',60,'P0002',657.45,'platelet',182.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',61,'P0002',0.0,'alk_phos',731.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',62,'P0002',328.725,'alk_phos',687.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',63,'P0002',657.45,'alk_phos',555.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',64,'P0002',0.0,'ast',122.6);
INSERT INTO "records" VALUES('c3a4d013291294a6',65,'P0002',328.725,'ast',116.6);
INSERT INTO "records" VALUES('c3a4d013291294a6',66,'P0002',657.45,'ast',186.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',67,'P0002',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',68,'P0002',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',69,'P0002',657.45,'edema',1.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',70,'P0004',0.0,'bili',1.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',71,'P0004',328.725,'bili',1.9);
INSERT INTO "records" VALUES('c3a4d013291294a6',72,'P0004',657.45,'bili',1.3);
INSERT INTO "records" VALUES('c3a4d013291294a6',73,'P0004',9.86175000000000068212e+02,'bili',1.3);
INSERT INTO "records" VALUES('c3a4d013291294a6',74,'P0004',1314.9,'bili',1.3);
INSERT INTO "records" VALUES('c3a4d013291294a6',75,'P0004',0.0,'albumin',2.91);
INSERT INTO "records" VALUES('c3a4d013291294a6',76,'P0004',328.725,'albumin',3.06);
INSERT INTO "records" VALUES('c3a4d013291294a6',77,'P0004',657.45,'albumin',3.18);
INSERT INTO "records" VALUES('c3a4d013291294a6',78,'P0004',9.86175000000000068212e+02,'albumin',2.69);
INSERT INTO "records" VALUES('c3a4d013291294a6',79,'P0004',1314.9,'albumin',2.97);
INSERT INTO "records" VALUES('c3a4d013291294a6',80,'P0004',0.0,'protime',10.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',81,'P0004',328.725,'protime',10.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',82,'P0004',657.45,'protime',10.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',83,'P0004',9.86175000000000068212e+02,'protime',10.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',84,'P0004',1314.9,'protime',11.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',85,'P0004',0.0,'platelet',143.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',86,'P0004',328.725,'platelet',230.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',87,'P0004',657.45,'platelet',172.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',88,'P0004',9.86175000000000068212e+02,'platelet',274.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',89,'P0004',1314.9,'platelet',199.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',90,'P0004',0.0,'alk_phos',2239.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',91,'P0004',328.725,'alk_phos',1529.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',92,'P0004',657.45,'alk_phos',1604.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',93,'P0004',9.86175000000000068212e+02,'alk_phos',1730.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',94,'P0004',1314.9,'alk_phos',1507.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',95,'P0004',0.0,'ast',145.9);
INSERT INTO "records" VALUES('c3a4d013291294a6',96,'P0004',328.725,'ast',124.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',97,'P0004',657.45,'ast',93.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',98,'P0004',9.86175000000000068212e+02,'ast',110.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',99,'P0004',1314.9,'ast',132.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',100,'P0004',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',101,'P0004',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',102,'P0004',657.45,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',103,'P0004',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',104,'P0004',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',105,'P0005',0.0,'bili',2.3);
INSERT INTO "records" VALUES('c3a4d013291294a6',106,'P0005',328.725,'bili',3.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',107,'P0005',657.45,'bili',3.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',108,'P0005',0.0,'albumin',3.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',109,'P0005',328.725,'albumin',2.69);
INSERT INTO "records" VALUES('c3a4d013291294a6',110,'P0005',657.45,'albumin',3.19);
INSERT INTO "records" VALUES('c3a4d013291294a6',111,'P0005',0.0,'protime',10.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',112,'P0005',328.725,'protime',9.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',113,'P0005',657.45,'protime',9.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',114,'P0005',0.0,'platelet',302.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',115,'P0005',328.725,'platelet',270.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',116,'P0005',657.45,'platelet',230.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',117,'P0005',0.0,'alk_phos',1633.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',118,'P0005',328.725,'alk_phos',1739.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',119,'P0005',657.45,'alk_phos',1241.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',120,'P0005',0.0,'ast',130.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',121,'P0005',328.725,'ast',85.9);
INSERT INTO "records" VALUES('c3a4d013291294a6',122,'P0005',657.45,'ast',63.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',123,'P0005',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',124,'P0005',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',125,'P0005',657.45,'edema',1.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',126,'P0006',0.0,'bili',0.8);
INSERT INTO "records" VALUES('c3a4d013291294a6',127,'P0006',328.725,'bili',1.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',128,'P0006',657.45,'bili',1.1);
INSERT INTO "records" VALUES('c3a4d013291294a6',129,'P0006',9.86175000000000068212e+02,'bili',0.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',130,'P0006',1314.9,'bili',0.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',131,'P0006',1643.625,'bili',1.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',132,'P0006',1.97235000000000013642e+03,'bili',1.6);
INSERT INTO "records" VALUES('c3a4d013291294a6',133,'P0006',0.0,'albumin',3.39);
INSERT INTO "records" VALUES('c3a4d013291294a6',134,'P0006',328.725,'albumin',3.61);
INSERT INTO "records" VALUES('c3a4d013291294a6',135,'P0006',657.45,'albumin',3.53);
INSERT INTO "records" VALUES('c3a4d013291294a6',136,'P0006',9.86175000000000068212e+02,'albumin',3.51);
INSERT INTO "records" VALUES('c3a4d013291294a6',137,'P0006',1314.9,'albumin',3.24);
INSERT INTO "records" VALUES('c3a4d013291294a6',138,'P0006',1643.625,'albumin',3.72);
INSERT INTO "records" VALUES('c3a4d013291294a6',139,'P0006',1.97235000000000013642e+03,'albumin',3.76);
INSERT INTO "records" VALUES('c3a4d013291294a6',140,'P0006',0.0,'protime',10.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',141,'P0006',328.725,'protime',9.5);
INSERT INTO "records" VALUES('c3a4d013291294a6',142,'P0006',657.45,'protime',9.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',143,'P0006',9.86175000000000068212e+02,'protime',10.5);
INSERT INTO "records" VALUES('c3a4d013291294a6',144,'P0006',1314.9,'protime',10.6);
INSERT INTO "records" VALUES('c3a4d013291294a6',145,'P0006',1643.625,'protime',10.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',146,'P0006',1.97235000000000013642e+03,'protime',9.7);
INSERT INTO "records" VALUES('c3a4d013291294a6',147,'P0006',0.0,'platelet',313.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',148,'P0006',328.725,'platelet',435.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',149,'P0006',657.45,'platelet',405.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',150,'P0006',9.86175000000000068212e+02,'platelet',357.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',151,'P0006',1314.9,'platelet',300.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',152,'P0006',1643.625,'platelet',338.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',153,'P0006',1.97235000000000013642e+03,'platelet',224.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',154,'P0006',0.0,'alk_phos',846.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',155,'P0006',328.725,'alk_phos',763.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',156,'P0006',657.45,'alk_phos',1256.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',157,'P0006',9.86175000000000068212e+02,'alk_phos',1095.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',158,'P0006',1314.9,'alk_phos',1083.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',159,'P0006',1643.625,'alk_phos',1249.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',160,'P0006',1.97235000000000013642e+03,'alk_phos',796.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',161,'P0006',0.0,'ast',58.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',162,'P0006',328.725,'ast',71.4);
INSERT INTO "records" VALUES('c3a4d013291294a6',163,'P0006',657.45,'ast',53.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',164,'P0006',9.86175000000000068212e+02,'ast',60.6);
INSERT INTO "records" VALUES('c3a4d013291294a6',165,'P0006',1314.9,'ast',36.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',166,'P0006',1643.625,'ast',40.2);
INSERT INTO "records" VALUES('c3a4d013291294a6',167,'P0006',1.97235000000000013642e+03,'ast',34.9);
INSERT INTO "records" VALUES('c3a4d013291294a6',168,'P0006',0.0,'edema',1.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',169,'P0006',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',170,'P0006',657.45,'edema',1.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',171,'P0006',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',172,'P0006',1314.9,'edema',1.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',173,'P0006',1643.625,'edema',0.0);
INSERT INTO "records" VALUES('c3a4d013291294a6',174,'P0006',1.97235000000000013642e+03,'edema',0.0);
CREATE TABLE releases (
	release_id VARCHAR(16) NOT NULL, 
	study TEXT NOT NULL, 
	manifest TEXT NOT NULL, 
	content_sha256 VARCHAR(64) NOT NULL, 
	staged_at TEXT NOT NULL, 
	PRIMARY KEY (release_id)
);
INSERT INTO "releases" VALUES('ca801983750eabfc','pbc','{"code_version": "0.1.0", "contract": "pbc", "contract_version": "1.0.0", "data_sha256": "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "patients_quarantined": 2, "report": ".meta_med/reports/pbc.html", "rows_accepted": 626, "rows_in": 640, "rows_quarantined": 14, "seed": 1, "title": "Primary biliary cholangitis: the next visit", "verdict": "quarantine"}','eb2f81759cd92f1b01a0e3e6715f85f5922b577a5476ebde4c23665bfcba8258','2026-11-20T03:00:00+00:00');
INSERT INTO "releases" VALUES('c3a4d013291294a6','pbc','{"code_version": "0.1.0", "contract": "pbc", "contract_version": "1.0.0", "data_sha256": "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "patients_quarantined": 2, "report": ".meta_med/reports/pbc.html", "rows_accepted": 626, "rows_in": 640, "rows_quarantined": 14, "seed": 2, "title": "Primary biliary cholangitis: the next visit", "verdict": "quarantine"}','a4de62319123765fc1487fd947a333a7e8859d35050d24e0f5d9eb23cccea3f9','2026-11-21T03:00:00+00:00');
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
INSERT INTO "sentinels" VALUES('ca801983750eabfc',0,'shuffled_outcomes','Outcomes dealt at random cannot be predicted.','held','Skill -21.0 % (95 % interval -25.1 to -17.2 %).',-0.21,-0.251,-0.172,0.02,62);
INSERT INTO "sentinels" VALUES('ca801983750eabfc',1,'permuted_patient','A stranger''s records do not help.','held','6 % of the gain is left (95 % interval 0 to 19 %).',0.06,0.0,0.19,0.5,62);
INSERT INTO "sentinels" VALUES('ca801983750eabfc',2,'changed_future','What comes later changes nothing.','held','None of 180 predictions changed.',0.0,NULL,NULL,0.0,62);
INSERT INTO "sentinels" VALUES('c3a4d013291294a6',0,'shuffled_outcomes','Outcomes dealt at random cannot be predicted.','held','Skill -21.0 % (95 % interval -25.1 to -17.2 %).',-0.21,-0.251,-0.172,0.02,62);
INSERT INTO "sentinels" VALUES('c3a4d013291294a6',1,'permuted_patient','A stranger''s records do not help.','held','6 % of the gain is left (95 % interval 0 to 19 %).',0.06,0.0,0.19,0.5,62);
INSERT INTO "sentinels" VALUES('c3a4d013291294a6',2,'changed_future','What comes later changes nothing.','held','None of 180 predictions changed.',0.0,NULL,NULL,0.0,62);
CREATE TABLE store (
	schema_version INTEGER NOT NULL, 
	PRIMARY KEY (schema_version)
);
INSERT INTO "store" VALUES(5);
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
INSERT INTO "subjects" VALUES('ca801983750eabfc',0,'P0001','D-penicillamine, stage 3','train',7,1.97235000000000013642e+03,'personalised','{"age": "72.7 years", "sex": "female"}','');
INSERT INTO "subjects" VALUES('ca801983750eabfc',1,'P0002','placebo, stage 3','train',3,657.45,'personalised','{"age": "44.0 years", "sex": "female"}','Held back and not used: 2 rows (impossible values).');
INSERT INTO "subjects" VALUES('ca801983750eabfc',2,'P0003','placebo, stage 4','tuning',0,NULL,'cohort','{"age": "49.0 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('ca801983750eabfc',3,'P0004','D-penicillamine, stage 3','calibration',5,1314.9,'withheld','{"age": "67.2 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('ca801983750eabfc',4,'P0005','placebo, stage 1-2','held_out',0,NULL,'cohort','{"age": "48.4 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('ca801983750eabfc',5,'P0006','placebo, stage 3','train',1,0.0,'personalised','{"age": "54.7 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('c3a4d013291294a6',0,'P0001','D-penicillamine, stage 3','train',7,1.97235000000000013642e+03,'personalised','{"age": "34.1 years", "sex": "female"}','');
INSERT INTO "subjects" VALUES('c3a4d013291294a6',1,'P0002','placebo, stage 4','train',3,657.45,'personalised','{"age": "57.0 years", "sex": "male"}','Held back and not used: 2 rows (impossible values).');
INSERT INTO "subjects" VALUES('c3a4d013291294a6',2,'P0003','D-penicillamine, stage 3','tuning',0,NULL,'cohort','{"age": "62.8 years", "sex": "female"}','');
INSERT INTO "subjects" VALUES('c3a4d013291294a6',3,'P0004','D-penicillamine, stage 3','calibration',5,1314.9,'withheld','{"age": "38.5 years", "sex": "male"}','');
INSERT INTO "subjects" VALUES('c3a4d013291294a6',4,'P0005','D-penicillamine, stage 4','held_out',3,657.45,'personalised','{"age": "32.5 years", "sex": "female"}','');
INSERT INTO "subjects" VALUES('c3a4d013291294a6',5,'P0006','placebo, stage 4','train',7,1.97235000000000013642e+03,'personalised','{"age": "42.4 years", "sex": "female"}','');
CREATE INDEX subjects_by_id ON subjects (release_id, subject_id);
CREATE INDEX records_by_subject ON records (release_id, subject_id, outcome, time_days);
CREATE INDEX predictions_by_subject ON predictions (release_id, subject_id, outcome);
CREATE INDEX horizons_by_subject ON horizons (release_id, subject_id, outcome);
CREATE INDEX evaluation_by_metric ON evaluation (release_id, outcome, metric);
CREATE INDEX cross_fitted_by_metric ON cross_fitted (release_id, outcome, metric);
COMMIT;
