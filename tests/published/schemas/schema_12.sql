BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0012');
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
INSERT INTO "champions" VALUES('c8027909bfa985c9',0,'bili',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c8027909bfa985c9',1,'bili',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',2,'bili',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',3,'bili',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',4,'bili',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',5,'albumin',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c8027909bfa985c9',6,'albumin',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',7,'albumin',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',8,'albumin',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',9,'albumin',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',10,'protime',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c8027909bfa985c9',11,'protime',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',12,'protime',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',13,'protime',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',14,'protime',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',15,'platelet',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c8027909bfa985c9',16,'platelet',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',17,'platelet',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',18,'platelet',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',19,'platelet',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',20,'alk_phos',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c8027909bfa985c9',21,'alk_phos',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',22,'alk_phos',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',23,'alk_phos',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',24,'alk_phos',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',25,'ast',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c8027909bfa985c9',26,'ast',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',27,'ast',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',28,'ast',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',29,'ast',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',30,'edema',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('c8027909bfa985c9',31,'edema',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',32,'edema',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',33,'edema',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('c8027909bfa985c9',34,'edema',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',0,'bili',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',1,'bili',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',2,'bili',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',3,'bili',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',4,'bili',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',5,'albumin',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',6,'albumin',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',7,'albumin',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',8,'albumin',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',9,'albumin',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',10,'protime',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',11,'protime',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',12,'protime',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',13,'protime',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',14,'protime',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',15,'platelet',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',16,'platelet',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',17,'platelet',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',18,'platelet',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',19,'platelet',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',20,'alk_phos',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',21,'alk_phos',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',22,'alk_phos',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',23,'alk_phos',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',24,'alk_phos',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',25,'ast',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',26,'ast',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',27,'ast',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',28,'ast',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',29,'ast',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',30,'edema',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',31,'edema',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',32,'edema',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',33,'edema',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('696f06da1d0b7e14',34,'edema',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
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
INSERT INTO "cohorts" VALUES('c8027909bfa985c9',0,'placebo, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('c8027909bfa985c9',1,'placebo, stage 3',1,3,1,0,0,0);
INSERT INTO "cohorts" VALUES('c8027909bfa985c9',2,'placebo, stage 4',2,10,0,0,1,1);
INSERT INTO "cohorts" VALUES('c8027909bfa985c9',3,'D-penicillamine, stage 1-2',1,6,1,0,0,0);
INSERT INTO "cohorts" VALUES('c8027909bfa985c9',4,'D-penicillamine, stage 3',1,7,1,0,0,0);
INSERT INTO "cohorts" VALUES('c8027909bfa985c9',5,'D-penicillamine, stage 4',1,0,0,1,0,0);
INSERT INTO "cohorts" VALUES('696f06da1d0b7e14',0,'placebo, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('696f06da1d0b7e14',1,'placebo, stage 3',1,3,1,0,0,0);
INSERT INTO "cohorts" VALUES('696f06da1d0b7e14',2,'placebo, stage 4',2,10,0,0,1,1);
INSERT INTO "cohorts" VALUES('696f06da1d0b7e14',3,'D-penicillamine, stage 1-2',1,6,1,0,0,0);
INSERT INTO "cohorts" VALUES('696f06da1d0b7e14',4,'D-penicillamine, stage 3',1,7,1,0,0,0);
INSERT INTO "cohorts" VALUES('696f06da1d0b7e14',5,'D-penicillamine, stage 4',1,0,0,1,0,0);
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
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',0,'pbc','bili','champion','all',-1,'mae',3.75198170470311842539e-01,3.52686280242093141978e-01,3.97710060698530543099e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',1,'pbc','bili','champion','all',-1,'crps',2.70142682738624517746e-01,2.53934121774307075547e-01,2.86351243702941959945e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',2,'pbc','bili','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',3,'pbc','bili','champion','all',-1,'width_90',1.53831249892827837122e+00,1.44601374899258172668e+00,1.63061124886397501576e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',4,'pbc','bili','champion','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',5,'pbc','bili','champion','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',6,'pbc','bili','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',7,'pbc','bili','champion','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',8,'pbc','bili','last_value','all',-1,'mae',4.25295813894847496428e-01,3.99778065061156651083e-01,4.50813562728538341772e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',9,'pbc','bili','last_value','all',-1,'crps',3.06212986004290199648e-01,2.87840206844032775457e-01,3.2458576516454762384e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',10,'pbc','bili','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',11,'pbc','bili','last_value','all',-1,'width_90',1.74371283696887457992e+00,1.63909006675074220282e+00,1.84833560718700695701e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',12,'pbc','bili','last_value','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',13,'pbc','bili','last_value','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',14,'pbc','bili','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',15,'pbc','bili','last_value','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',16,'pbc','bili','un_adapted','all',-1,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',17,'pbc','bili','un_adapted','all',-1,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',18,'pbc','bili','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',19,'pbc','bili','un_adapted','all',-1,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',20,'pbc','bili','un_adapted','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',21,'pbc','bili','un_adapted','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',22,'pbc','bili','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',23,'pbc','bili','un_adapted','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',24,'pbc','all','champion','all',-1,'mae',5.15897484396678818185e-01,4.84943635332878097976e-01,5.46851333460479538395e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',25,'pbc','all','champion','all',-1,'crps',3.71446188765608753534e-01,3.49159417439672215e-01,3.93732960091545292069e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',26,'pbc','all','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',27,'pbc','all','champion','all',-1,'width_90',2.11517968602638317676e+00,1.98826890486480012398e+00,2.24209046718796622954e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',28,'pbc','all','champion','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',29,'pbc','all','champion','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',30,'pbc','all','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',31,'pbc','all','champion','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',32,'pbc','all','last_value','all',-1,'mae',5.84781744105415279832e-01,5.49694839459090367483e-01,6.19868648751740192182e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',33,'pbc','all','last_value','all',-1,'crps',0.421042855755899,3.95780284410545080131e-01,4.46305427101252927268e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',34,'pbc','all','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',35,'pbc','all','last_value','all',-1,'width_90',2.39760515083220226983e+00,2.25374884178227,2.5414614598821345659e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',36,'pbc','all','last_value','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',37,'pbc','all','last_value','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',38,'pbc','all','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',39,'pbc','all','last_value','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',40,'pbc','all','un_adapted','all',-1,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',41,'pbc','all','un_adapted','all',-1,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',42,'pbc','all','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',43,'pbc','all','un_adapted','all',-1,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',44,'pbc','all','un_adapted','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',45,'pbc','all','un_adapted','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',46,'pbc','all','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',47,'pbc','all','un_adapted','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',48,'pbc','edema','champion','all',-1,'auroc',8.24960365905937687003e-01,7.75462743951581434664e-01,8.74457987860293939341e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',49,'pbc','edema','champion','all',-1,'brier',1.26255945114109369153e-01,1.18680588407262810335e-01,1.33831301820955927972e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',50,'pbc','edema','champion','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',51,'pbc','edema','champion','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',52,'pbc','edema','last_value','all',-1,'auroc',8.14940837221030500714e-01,7.6604438698776866623e-01,8.63837287454292335198e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',53,'pbc','edema','last_value','all',-1,'brier',1.2775887441684541379e-01,1.20093341951834686742e-01,1.35424406881856140838e-01,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',54,'pbc','edema','last_value','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',55,'pbc','edema','last_value','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',56,'pbc','edema','un_adapted','all',-1,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',57,'pbc','edema','un_adapted','all',-1,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',58,'pbc','edema','un_adapted','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('c8027909bfa985c9',59,'pbc','edema','un_adapted','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',0,'pbc','bili','champion','all',-1,'mae',3.75198170470311842539e-01,3.52686280242093141978e-01,3.97710060698530543099e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',1,'pbc','bili','champion','all',-1,'crps',2.70142682738624517746e-01,2.53934121774307075547e-01,2.86351243702941959945e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',2,'pbc','bili','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',3,'pbc','bili','champion','all',-1,'width_90',1.53831249892827837122e+00,1.44601374899258172668e+00,1.63061124886397501576e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',4,'pbc','bili','champion','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',5,'pbc','bili','champion','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',6,'pbc','bili','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',7,'pbc','bili','champion','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',8,'pbc','bili','last_value','all',-1,'mae',4.25295813894847496428e-01,3.99778065061156651083e-01,4.50813562728538341772e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',9,'pbc','bili','last_value','all',-1,'crps',3.06212986004290199648e-01,2.87840206844032775457e-01,3.2458576516454762384e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',10,'pbc','bili','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',11,'pbc','bili','last_value','all',-1,'width_90',1.74371283696887457992e+00,1.63909006675074220282e+00,1.84833560718700695701e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',12,'pbc','bili','last_value','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',13,'pbc','bili','last_value','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',14,'pbc','bili','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',15,'pbc','bili','last_value','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',16,'pbc','bili','un_adapted','all',-1,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',17,'pbc','bili','un_adapted','all',-1,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',18,'pbc','bili','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',19,'pbc','bili','un_adapted','all',-1,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',20,'pbc','bili','un_adapted','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',21,'pbc','bili','un_adapted','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',22,'pbc','bili','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',23,'pbc','bili','un_adapted','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',24,'pbc','all','champion','all',-1,'mae',5.15897484396678818185e-01,4.84943635332878097976e-01,5.46851333460479538395e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',25,'pbc','all','champion','all',-1,'crps',3.71446188765608753534e-01,3.49159417439672215e-01,3.93732960091545292069e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',26,'pbc','all','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',27,'pbc','all','champion','all',-1,'width_90',2.11517968602638317676e+00,1.98826890486480012398e+00,2.24209046718796622954e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',28,'pbc','all','champion','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',29,'pbc','all','champion','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',30,'pbc','all','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',31,'pbc','all','champion','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',32,'pbc','all','last_value','all',-1,'mae',5.84781744105415279832e-01,5.49694839459090367483e-01,6.19868648751740192182e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',33,'pbc','all','last_value','all',-1,'crps',0.421042855755899,3.95780284410545080131e-01,4.46305427101252927268e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',34,'pbc','all','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',35,'pbc','all','last_value','all',-1,'width_90',2.39760515083220226983e+00,2.25374884178227,2.5414614598821345659e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',36,'pbc','all','last_value','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',37,'pbc','all','last_value','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',38,'pbc','all','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',39,'pbc','all','last_value','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',40,'pbc','all','un_adapted','all',-1,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',41,'pbc','all','un_adapted','all',-1,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',42,'pbc','all','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',43,'pbc','all','un_adapted','all',-1,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',44,'pbc','all','un_adapted','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',45,'pbc','all','un_adapted','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',46,'pbc','all','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',47,'pbc','all','un_adapted','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',48,'pbc','edema','champion','all',-1,'auroc',8.24960365905937687003e-01,7.75462743951581434664e-01,8.74457987860293939341e-01,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',49,'pbc','edema','champion','all',-1,'brier',1.26255945114109369153e-01,1.18680588407262810335e-01,1.33831301820955927972e-01,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',50,'pbc','edema','champion','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',51,'pbc','edema','champion','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',52,'pbc','edema','last_value','all',-1,'auroc',8.14940837221030500714e-01,7.6604438698776866623e-01,8.63837287454292335198e-01,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',53,'pbc','edema','last_value','all',-1,'brier',1.2775887441684541379e-01,1.20093341951834686742e-01,1.35424406881856140838e-01,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',54,'pbc','edema','last_value','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',55,'pbc','edema','last_value','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',56,'pbc','edema','un_adapted','all',-1,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',57,'pbc','edema','un_adapted','all',-1,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',58,'pbc','edema','un_adapted','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('696f06da1d0b7e14',59,'pbc','edema','un_adapted','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
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
INSERT INTO "findings" VALUES('c8027909bfa985c9',0,'Q_KEY_CONFLICT','critical','visits.unique_key','visits','id','',4,0.006,'4 of 640 rows held back: patient and day are those of another row that differs.','Conflicting versions of one record','conformance',2,14,14);
INSERT INTO "findings" VALUES('c8027909bfa985c9',1,'Q_HARD_RANGE','critical','visits.platelet.hard_range','visits','platelet','',10,0.016,'10 of 640 rows held back: platelet is outside what is possible (5 to 1500).','Impossible values','plausibility',8,42,7);
INSERT INTO "findings" VALUES('c8027909bfa985c9',2,'W_COMPLETENESS','warning','visits.chol.missing_at_most','visits','chol','placebo, stage 4',221,0.345,'''chol'' is missing in 35% of rows; the contract allows 20%.','More is missing than allowed','completeness',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('c8027909bfa985c9',3,'N_CATEGORY','info','visits.sex.type','visits','sex','',12,0.019,'12 cells of ''sex'' were declared spellings of a category and were replaced by the category.','Declared spellings of a category','conformance',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('696f06da1d0b7e14',0,'Q_KEY_CONFLICT','critical','visits.unique_key','visits','id','',4,0.006,'4 of 640 rows held back: patient and day are those of another row that differs.','Conflicting versions of one record','conformance',2,14,14);
INSERT INTO "findings" VALUES('696f06da1d0b7e14',1,'Q_HARD_RANGE','critical','visits.platelet.hard_range','visits','platelet','',10,0.016,'10 of 640 rows held back: platelet is outside what is possible (5 to 1500).','Impossible values','plausibility',8,42,7);
INSERT INTO "findings" VALUES('696f06da1d0b7e14',2,'W_COMPLETENESS','warning','visits.chol.missing_at_most','visits','chol','placebo, stage 4',221,0.345,'''chol'' is missing in 35% of rows; the contract allows 20%.','More is missing than allowed','completeness',NULL,NULL,NULL);
INSERT INTO "findings" VALUES('696f06da1d0b7e14',3,'N_CATEGORY','info','visits.sex.type','visits','sex','',12,0.019,'12 cells of ''sex'' were declared spellings of a category and were replaced by the category.','Declared spellings of a category','conformance',NULL,NULL,NULL);
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
INSERT INTO "guards" VALUES('c8027909bfa985c9',0,'trajectory','The newest own value lies far from what is expected from the earlier ones.',1.84,0.05,47,50,3,5);
INSERT INTO "guards" VALUES('c8027909bfa985c9',1,'divergence','Adaptation moved a learner far away from every other predictor.',2.9,0.02,47,50,0,1);
INSERT INTO "guards" VALUES('696f06da1d0b7e14',0,'trajectory','The newest own value lies far from what is expected from the earlier ones.',1.84,0.05,47,50,3,5);
INSERT INTO "guards" VALUES('696f06da1d0b7e14',1,'divergence','Adaptation moved a learner far away from every other predictor.',2.9,0.02,47,50,0,1);
CREATE TABLE head (
	study TEXT NOT NULL, 
	release_id VARCHAR(16) NOT NULL, 
	sequence INTEGER NOT NULL, 
	PRIMARY KEY (study)
);
INSERT INTO "head" VALUES('pbc','c8027909bfa985c9',5);
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
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',0,'bili',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',1,'bili',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',2,'bili',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',3,'bili',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',4,'albumin',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',5,'albumin',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',6,'albumin',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',7,'albumin',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',8,'protime',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',9,'protime',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',10,'protime',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',11,'protime',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',12,'platelet',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',13,'platelet',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',14,'platelet',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',15,'platelet',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',16,'alk_phos',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',17,'alk_phos',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',18,'alk_phos',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',19,'alk_phos',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',20,'ast',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',21,'ast',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',22,'ast',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',23,'ast',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',24,'edema',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',25,'edema',182.625,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',26,'edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('c8027909bfa985c9',27,'edema',730.5,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',0,'bili',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',1,'bili',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',2,'bili',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',3,'bili',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',4,'albumin',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',5,'albumin',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',6,'albumin',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',7,'albumin',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',8,'protime',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',9,'protime',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',10,'protime',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',11,'protime',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',12,'platelet',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',13,'platelet',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',14,'platelet',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',15,'platelet',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',16,'alk_phos',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',17,'alk_phos',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',18,'alk_phos',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',19,'alk_phos',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',20,'ast',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',21,'ast',182.625,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',22,'ast',365.25,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',23,'ast',730.5,0.51,0.81,0.91,0.88,0.93,0.86,NULL,NULL,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',24,'edema',91.3125,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,8,16,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',25,'edema',182.625,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',26,'edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
INSERT INTO "horizon_check" VALUES('696f06da1d0b7e14',27,'edema',730.5,NULL,NULL,NULL,NULL,NULL,NULL,0.31,0.29,62,124,'');
CREATE TABLE horizons (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
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
	PRIMARY KEY (release_id, subject_id, row_number)
)
 WITHOUT ROWID

;
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',140,'P0006','albumin',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',141,'P0006','albumin',182.625,1826.25,3.58,3.47176732397101828198e+00,3.68689372866985864973e+00,3.37299714081163504175e+00,3.78215656698678781566e+00,3.3134198782643129455e+00,3.83859189537303402417e+00,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',142,'P0006','albumin',365.25,2008.875,3.58,3.4279,3.7321,3.2908,3.8692,3.2089,3.9511,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',143,'P0006','albumin',730.5,2374.125,3.58,3.36680680217678363064e+00,3.79697915265506535931e+00,3.17796360668253186076e+00,3.99572857463723085658e+00,3.06669030437907697006e+00,4.11586249698981543332e+00,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',144,'P0006','alk_phos',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',145,'P0006','alk_phos',182.625,1826.25,271.4674,2.39594687879516357034e+02,3.07580044546280475972e+02,2.1406618585875202144e+02,3.44260555938894583513e+02,2.00140671787729445435e+02,3.68213621406206698333e+02,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',146,'P0006','alk_phos',365.25,2008.875,271.4674,227.515,323.9107,194.0054,379.8582,176.4009,417.7672,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',147,'P0006','alk_phos',730.5,2374.125,271.4674,2.11464118564817965756e+02,3.48496665909394266681e+02,1.68802338432216060938e+02,4.36572974785763506149e+02,1.4755469166332179043e+02,4.99438499757515387512e+02,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',148,'P0006','ast',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',149,'P0006','ast',182.625,1826.25,103.2795,9.13241264857411181275e+01,1.16799942279528167431e+02,81.7314044149396,1.30508585194196200516e+02,7.64916174199570519931e+01,1.39448699839512670452e+02,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',150,'P0006','ast',365.25,2008.875,103.2795,86.787,122.9061,74.1813,143.7916,67.5461,157.9167,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',151,'P0006','ast',730.5,2374.125,103.2795,8.07526767498258806182e+01,1.32090361751374814499e+02,6.46790744304378790747e+01,1.64916472382135594898e+02,5.6651780222803907348e+01,1.88284605240444676606e+02,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',152,'P0006','bili',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',153,'P0006','bili',182.625,1826.25,1.1605,1.01499046903332801328e+00,1.32688118331754867362e+00,8.99410094240508661833e-01,1.49731487186526757149e+00,8.36806697804841626009e-01,1.60936874410929031675e+00,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',154,'P0006','bili',365.25,2008.875,1.1605,0.9602,1.4026,0.8093,1.664,0.7308,1.8428,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',155,'P0006','bili',730.5,2374.125,1.1605,0.887725680507105,1.5171164796571980915e+00,6.97060334012684745808e-01,1.93188438217053248813e+00,6.03399784137047423548e-01,2.2318550232795475452e+00,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',156,'P0006','edema',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',157,'P0006','edema',182.625,1826.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.473,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',158,'P0006','edema',365.25,2008.875,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.473,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',159,'P0006','edema',730.5,2374.125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.473,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',160,'P0006','platelet',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',161,'P0006','platelet',182.625,1826.25,117.5714,9.78496285021228828782e+01,1.36002852972518184059e+02,7.85194003963712248159e+01,151.778882532887,6.59879633646402368168e+01,1.60879074628303783351e+02,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',162,'P0006','platelet',365.25,2008.875,117.5714,90.6836,144.4593,66.4286,168.7142,51.9475,183.1954,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',163,'P0006','platelet',730.5,2374.125,117.5714,81.4360448034425,1.57323771058815310656e+02,5.24387413827313650935e+01,1.95939056462132015212e+02,3.70363141802606889987e+01,2.20139223087071684409e+02,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',164,'P0006','protime',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',165,'P0006','protime',182.625,1826.25,10.2836,1.00337176957092264471e+01,1.05398126018450213339e+01,9.8134065003055859222e+00,1.07763460939882360634e+01,9.68421993334578,1.09200657873731703522e+01,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',166,'P0006','protime',365.25,2008.875,10.2836,9.932,10.6478,9.625,10.9873,9.4463,11.1951,NULL,'');
INSERT INTO "horizons" VALUES('696f06da1d0b7e14',167,'P0006','protime',730.5,2374.125,10.2836,9.78990730845117163028e+00,1.08024086586420242639e+01,9.36471149599750241065e+00,1.12927024716456791963e+01,9.11977475956005,1.15959232953983040206e+01,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',0,'P0001','albumin',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',1,'P0001','albumin',182.625,2.15497500000000036376e+03,3.225,3.11733614007116,3.33119491947955559396e+00,3.01887256695404770923e+00,3.42580515001296959098e+00,2.95947463613041517049e+00,3.48175276364714,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',2,'P0001','albumin',365.25,2.33760000000000036377e+03,3.225,3.0738,3.3762,2.9374,3.5126,2.856,3.594,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',3,'P0001','albumin',730.5,2.70285000000000036378e+03,3.225,3.01326654579651442844e+00,3.44088669505934952042e+00,2.82591986837448683189e+00,3.6391134653815155886e+00,2.71581089051139645818e+00,3.75894645183395192944e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',4,'P0001','alk_phos',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',5,'P0001','alk_phos',182.625,2.15497500000000036376e+03,540.1836,4.77392230014608855972e+02,611.233972810555,4.27035980557088123543e+02,6.83310945175873257545e+02,3.99540864383133452978e+02,7.30334165564167847161e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',6,'P0001','alk_phos',365.25,2.33760000000000036377e+03,540.1836,453.5719,643.3343,387.4207,753.1822,352.6204,827.5141,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',7,'P0001','alk_phos',730.5,2.70285000000000036378e+03,540.1836,4.21899778664737709751e+02,6.91629604300786468215e+02,3.37588421215219682382e+02,8.64361390825536432189e+02,2.95516010319494057505e+02,9.87419820576391771282e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',8,'P0001','ast',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',9,'P0001','ast',182.625,2.15497500000000036376e+03,81.4248,72.0639682939001,9.20016381010955228668e+01,6.45465675946445855987e+01,1.02716585741258185752e+02,6.04376946009515734212e+01,1.09699844296050571298e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',10,'P0001','ast',365.25,2.33760000000000036377e+03,81.4248,68.5092,96.7754,58.6254,113.091,53.4181,124.1154,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',11,'P0001','ast',730.5,2.70285000000000036378e+03,81.4248,6.37792850122350785113e+01,1.03952375852135375572e+02,5.11669588166016140471e+01,1.29575964403243773406e+02,4.48599803582924536735e+01,1.47793495821638373394e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',12,'P0001','bili',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',13,'P0001','bili',182.625,2.15497500000000036376e+03,2.2814,2.00196792440908177823e+00,2.59982376423341499105e+00,1.77936465223080331199e+00,2.92504842020545918757e+00,1.65850691578752695853e+00,3.13826262506799791296e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',14,'P0001','bili',365.25,2.33760000000000036377e+03,2.2814,1.8965,2.7444,1.6053,3.2422,1.4533,3.5814,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',15,'P0001','bili',730.5,2.70285000000000036378e+03,2.2814,1.75676144926922361833e+00,2.96269115677776939676e+00,1.38780510458860661948e+00,3.75028853359623548513e+00,1.20568299715747118128e+00,4.31695112821017,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',16,'P0001','edema',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',17,'P0001','edema',182.625,2.15497500000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.534,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',18,'P0001','edema',365.25,2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.534,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',19,'P0001','edema',730.5,2.70285000000000036378e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.534,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',20,'P0001','platelet',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',21,'P0001','platelet',182.625,2.15497500000000036376e+03,171.125,1.5186049332193019268e+02,1.89528371721160198148e+02,1.3356898231794255594e+02,2.05514446525922892298e+02,1.22140404282843903157e+02,2.14816098227394661527e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',22,'P0001','platelet',365.25,2.33760000000000036377e+03,171.125,144.5307,197.7193,120.5405,221.7095,106.2175,236.0325,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',23,'P0001','platelet',730.5,2.70285000000000036378e+03,171.125,1.34764700844295134626e+02,2.09910905404086292939e+02,1.04255211321845735032e+02,2.4681482969090680513e+02,8.7177667543471457634e+01,2.6966227060710980367e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',24,'P0001','protime',91.3125,2.06366250000000036376e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',25,'P0001','protime',182.625,2.15497500000000036376e+03,10.6248,1.03684596137671416473e+01,1.08874949341330928831e+01,1.01425035171775661528e+01,1.11300468910929737373e+01,1.00099407549568990565e+01,1.12774560986740972627e+01,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',26,'P0001','protime',365.25,2.33760000000000036377e+03,10.6248,10.2641,10.9982,9.9492,11.3463,9.7658,11.5594,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',27,'P0001','protime',730.5,2.70285000000000036378e+03,10.6248,1.01183038515849954563e+01,1.11566849202595577141e+01,9.68210014268120566782e+00,1.16593200623003117048e+01,9.43066353416036839973e+00,1.19702033033583319364e+01,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',28,'P0002','albumin',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',29,'P0002','albumin',182.625,840.075,3.1525,3.03879024401169273161e+00,3.26453527498191364841e+00,2.93473444994773213778e+00,3.36420022298446275144e+00,2.87181270650472963978e+00,3.42318267145305110688e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',30,'P0002','albumin',365.25,1022.7,3.1525,2.9929,3.3121,2.849,3.456,2.763,3.542,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',31,'P0002','albumin',730.5,1387.95,3.1525,2.92918196577339973174e+00,3.38055212104718050269e+00,2.73201151204124315086e+00,3.59011677726525268994e+00,2.61611680293164772237e+00,3.71710693168483663484e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',32,'P0002','alk_phos',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',33,'P0002','alk_phos',182.625,840.075,621.6852,5.42644406741904504086e+02,7.12238943683867205443e+02,4.80001946262742251302e+02,8.05189400006829714574e+02,4.46105172679417592016e+02,8.66370640569662782588e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',34,'P0002','alk_phos',365.25,1022.7,621.6852,512.925,753.5068,431.2364,896.2427,388.8081,994.0441,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',35,'P0002','alk_phos',730.5,1387.95,621.6852,473.652826492047,8.15982611295734614007e+02,3.70608578772697910613e+02,1.04285894192649016074e+03,3.20113499712286909471e+02,1.20736039211016759513e+03,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',36,'P0002','ast',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',37,'P0002','ast',182.625,840.075,72.9358,6.40026927514185359777e+01,83.1158660042672,5.68868337249594162568e+01,9.35126736469973280935e+01,5.30213781363470530987e+01,1.00329995367115529345e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',38,'P0002','ast',365.25,1022.7,72.9358,60.631,87.738,51.3223,103.6517,46.4608,114.4973,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',39,'P0002','ast',730.5,1387.95,72.9358,5.61637039620115672286e+01,9.47168219398334088054e+01,4.43693200218710117601e+01,1.19894758576855679169e+02,3.85443984912416297561e+01,1.38013266055427152423e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',40,'P0002','bili',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',41,'P0002','bili',182.625,840.075,1.1247,0.958143473425139,1.32025585564526481974e+00,8.29081645543534473397e-01,1.52563194774979282719e+00,7.60575783789083859076e-01,1.66320503183902168586e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',42,'P0002','bili',365.25,1022.7,1.1247,0.8966,1.4109,0.7307,1.731,0.6468,1.9558,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',43,'P0002','bili',730.5,1387.95,1.1247,8.162522589732285061e-01,1.54981374976937047449e+00,6.11164199321752366067e-01,2.06948772116549,5.14337621486955831606e-01,2.45954563700065875764e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',44,'P0002','edema',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',45,'P0002','edema',182.625,840.075,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.244,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',46,'P0002','edema',365.25,1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.244,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',47,'P0002','edema',730.5,1387.95,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.244,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',48,'P0002','platelet',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',49,'P0002','platelet',182.625,840.075,291.25,2.70179880141659623394e+02,3.11706243764562429977e+02,2.50571587510767869845e+02,3.29692605371729314362e+02,2.38557291309456502396e+02,3.40239085241135910567e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',50,'P0002','platelet',365.25,1022.7,291.25,261.9053,320.5947,235.4342,347.0658,219.6299,362.8701,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',51,'P0002','platelet',730.5,1387.95,291.25,2.50634051960039727201e+02,3.335992528817606626e+02,2.155746625499275524e+02,3.7320931858128358271e+02,1.9539770381769920959e+02,3.97468275109785224696e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',52,'P0002','protime',91.3125,748.7625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',53,'P0002','protime',182.625,840.075,10.7249,1.04482795895408440143e+01,1.10088803671968271657e+01,1.02048532508027776086e+01,1.12714384341583837565e+01,1.00622416347191609984e+01,1.14311917670504037403e+01,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',54,'P0002','protime',365.25,1022.7,10.7249,10.3358,11.1287,9.9969,11.5059,9.7999,11.7372,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',55,'P0002','protime',730.5,1387.95,10.7249,1.01787938704524787429e+01,1.13003801377403725327e+01,9.71002339139945469526e+00,1.18458283410589206853e+01,9.44052687815044677677e+00,1.21839966074351231379e+01,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',56,'P0003','albumin',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',57,'P0003','albumin',182.625,182.625,3.4,3.20054842219318391727e+00,3.5947157088038608208e+00,3.01604602711979197238e+00,3.76673939138996471953e+00,2.90370966198715407813e+00,3.86784011254894,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',58,'P0003','albumin',365.25,365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',59,'P0003','albumin',730.5,730.5,3.4,3.01279711847155295956e+00,3.80058265503566072851e+00,2.67545106991325898349e+00,4.17303695372024741061e+00,2.47986170621104573541e+00,4.40005504007135250787e+00,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',60,'P0003','alk_phos',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',61,'P0003','alk_phos',182.625,182.625,1100.0,824.793094668617,1.46703461681306271207e+03,6.36124810394442306458e+02,1.90214238602255682059e+03,5.44746841880554711658e+02,2.22121531558033348118e+03,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',62,'P0003','alk_phos',365.25,365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',63,'P0003','alk_phos',730.5,730.5,1100.0,618.43968092094,1.95653687902531805784e+03,3.67867976726695530939e+02,3.28922332427598666988e+03,2.69771928853489100668e+02,4.48527043469876389274e+03,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',64,'P0003','ast',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',65,'P0003','ast',182.625,182.625,110.0,8.60682695615180790547e+01,1.40586068046171021707e+02,6.89806048216547083038e+01,1.75411638870474291705e+02,6.04424302698985087527e+01,2.00190492135171552948e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',66,'P0003','ast',365.25,365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',67,'P0003','ast',730.5,730.5,110.0,6.73431547755830877104e+01,1.79676750260751191485e+02,4.32574894687390241196e+01,2.79720391374778955652e+02,3.32117034266503949888e+01,3.64329392193838032189e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',68,'P0003','bili',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',69,'P0003','bili',182.625,182.625,1.6,1.02512987521976017823e+00,2.49722541468892611504e+00,6.86065855006753544387e-01,3.73131569397243945118e+00,0.539835177330643,4.74226198249333297241e+00,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',70,'P0003','bili',365.25,365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',71,'P0003','bili',730.5,730.5,1.6,6.56807038167550594209e-01,3.89758423235517392768e+00,2.94178973378842356645e-01,8.70169800505314405825e+00,1.8213876167725429056e-01,1.40556554441259962118e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',72,'P0003','edema',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',73,'P0003','edema',182.625,182.625,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.435,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',74,'P0003','edema',365.25,365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.435,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',75,'P0003','edema',730.5,730.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.435,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',76,'P0003','platelet',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',77,'P0003','platelet',182.625,182.625,235.0,1.88653648793208816416e+02,2.77812382239248790928e+02,1.42330286186887178699e+02,3.14197425388914894036e+02,1.11463815816539579372e+02,3.35102911217710754945e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',78,'P0003','platelet',365.25,365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',79,'P0003','platelet',730.5,730.5,235.0,151.447656182942,3.28424339257219060077e+02,8.62038738980476892947e+01,4.20085200514990503945e+02,5.28688605803551396871e+01,4.77846643006744386649e+02,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',80,'P0003','protime',91.3125,91.3125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',81,'P0003','protime',182.625,182.625,10.8,1.02828777048354513823e+01,1.13431820776667624528e+01,9.83764938738182692645e+00,1.1856479173834918228e+01,9.58107212363627525064e+00,1.21739888920682837181e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',82,'P0003','protime',365.25,365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',83,'P0003','protime',730.5,730.5,10.8,9.79051610116685111506e+00,1.19136833006574480718e+01,8.96105050639389,1.30163054073686268452e+01,8.49971694799260291119e+00,1.37227782911298135104e+01,NULL,'Never measured in this patient so far: this is the cohort''s prediction.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',84,'P0004','albumin',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',85,'P0004','albumin',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',86,'P0004','albumin',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',87,'P0004','albumin',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',88,'P0004','alk_phos',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',89,'P0004','alk_phos',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',90,'P0004','alk_phos',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',91,'P0004','alk_phos',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',92,'P0004','ast',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',93,'P0004','ast',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',94,'P0004','ast',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',95,'P0004','ast',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',96,'P0004','bili',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',97,'P0004','bili',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',98,'P0004','bili',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',99,'P0004','bili',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',100,'P0004','edema',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',101,'P0004','edema',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',102,'P0004','edema',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',103,'P0004','edema',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',104,'P0004','platelet',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',105,'P0004','platelet',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',106,'P0004','platelet',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',107,'P0004','platelet',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',108,'P0004','protime',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',109,'P0004','protime',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',110,'P0004','protime',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',111,'P0004','protime',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Last measured more than 3 years before the predicted visit.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',112,'P0005','albumin',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',113,'P0005','albumin',182.625,1497.525,3.1,2.99072650919790916645e+00,3.20770042721397929952e+00,2.8906999340085155481e+00,3.30359899117834,2.83031469678672298329e+00,3.36028639855363575605e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',114,'P0005','albumin',365.25,1680.15,3.1,2.9466,3.2534,2.8082,3.3918,2.7256,3.4744,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',115,'P0005','albumin',730.5,2045.4,3.1,2.8853048557481009162e+00,3.31914259056411165005e+00,2.69553100273446322177e+00,3.52056977242404744998e+00,2.58409073640223185819e+00,3.64242731622727866636e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',116,'P0005','alk_phos',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',117,'P0005','alk_phos',182.625,1497.525,2002.2044,1.76357748590714163584e+03,2.27311950971327451052e+03,1.57281484243718205104e+03,2.54882037863595542156e+03,1.46890804713180114044e+03,2.72911739196502321639e+03,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',118,'P0005','alk_phos',365.25,1680.15,2002.2044,1673.2685,2395.8034,1423.165,2816.8361,1292.0436,3102.6991,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',119,'P0005','alk_phos',730.5,2045.4,2002.2044,1.55339062724992186302e+03,2.58069171431204449625e+03,1.23551148353819303341e+03,3.24466638997993140941e+03,1.07765763122314660901e+03,3.71994075086737848324e+03,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',120,'P0005','ast',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',121,'P0005','ast',182.625,1497.525,156.2406,1.37965426470181427018e+02,1.76936420965505050162e+02,1.23320980579518817425e+02,1.97947761591158979399e+02,1.15329719973387497585e+02,2.11663662900763767989e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',122,'P0005','ast',365.25,1680.15,156.2406,131.0367,186.2921,111.8082,218.3302,101.7012,240.0277,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',123,'P0005','ast',730.5,2045.4,156.2406,1.21827866131460297086e+02,2.003736356880504843e+02,9.73374670290184127417e+01,2.50788311866123819976e+02,8.51311650693864265838e+01,2.86746890325358208435e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',124,'P0005','bili',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',125,'P0005','bili',182.625,1497.525,1.2589,1.09557827358088943903e+00,1.44658718412575892919e+00,9.66521672350750371549e-01,1.63977319561912815437e+00,8.9683055541346579087e-01,1.76717070611231630294e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',126,'P0005','bili',365.25,1680.15,1.2589,1.0343,1.5323,0.8663,1.8295,0.7793,2.0337,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',127,'P0005','bili',730.5,2045.4,1.2589,9.53444875321695528569e-01,1.66225632002295098388e+00,0.742047933214466,2.13587745894905634003e+00,6.38895102965466477051e-01,2.48065160421121833067e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',128,'P0005','edema',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',129,'P0005','edema',182.625,1497.525,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.445,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',130,'P0005','edema',365.25,1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.445,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',131,'P0005','edema',730.5,2045.4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.445,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',132,'P0005','platelet',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',133,'P0005','platelet',182.625,1497.525,193.3333,1.73578564352305420468e+02,2.12283743630695596492e+02,1.54922710874400053173e+02,2.2879464458401048432e+02,1.43330565209551139102e+02,2.38419666248989841499e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',134,'P0005','platelet',365.25,1680.15,193.3333,165.9994,220.6673,141.342,245.3246,126.6206,260.046,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',135,'P0005','platelet',730.5,2045.4,193.3333,1.55842361365617961153e+02,2.33091701273722065926e+02,1.24143364566129847052e+02,2.70760336632766723135e+02,1.06260281717062639468e+02,2.94020415801518367974e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',136,'P0005','protime',91.3125,1406.2125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',137,'P0005','protime',182.625,1497.525,11.3803,1.11006230953202607021e+01,1.16669578584048405645e+01,1.08542928536016383135e+01,1.19317348079843537082e+01,1.07098169290783662432e+01,1.2092705699730021962e+01,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',138,'P0005','protime',365.25,1680.15,11.3803,10.9868,11.7878,10.6436,12.1679,10.4438,12.4007,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',139,'P0005','protime',730.5,2045.4,11.3803,1.08278193988170396973e+01,1.19608363285497283352e+01,1.03525982049460552048e+01,1.25098895045003590811e+01,1.00788361163039255077e+01,1.28497079286383470981e+01,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',140,'P0006','albumin',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',141,'P0006','albumin',182.625,1826.25,3.58,3.47176732397101828198e+00,3.68689372866985864973e+00,3.37299714081163504175e+00,3.78215656698678781566e+00,3.3134198782643129455e+00,3.83859189537303402417e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',142,'P0006','albumin',365.25,2008.875,3.58,3.4279,3.7321,3.2908,3.8692,3.2089,3.9511,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',143,'P0006','albumin',730.5,2374.125,3.58,3.36680680217678363064e+00,3.79697915265506535931e+00,3.17796360668253186076e+00,3.99572857463723085658e+00,3.06669030437907697006e+00,4.11586249698981543332e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',144,'P0006','alk_phos',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',145,'P0006','alk_phos',182.625,1826.25,271.4674,2.39594687879516357034e+02,3.07580044546280475972e+02,2.1406618585875202144e+02,3.44260555938894583513e+02,2.00140671787729445435e+02,3.68213621406206698333e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',146,'P0006','alk_phos',365.25,2008.875,271.4674,227.515,323.9107,194.0054,379.8582,176.4009,417.7672,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',147,'P0006','alk_phos',730.5,2374.125,271.4674,2.11464118564817965756e+02,3.48496665909394266681e+02,1.68802338432216060938e+02,4.36572974785763506149e+02,1.4755469166332179043e+02,4.99438499757515387512e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',148,'P0006','ast',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',149,'P0006','ast',182.625,1826.25,103.2795,9.13241264857411181275e+01,1.16799942279528167431e+02,81.7314044149396,1.30508585194196200516e+02,7.64916174199570519931e+01,1.39448699839512670452e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',150,'P0006','ast',365.25,2008.875,103.2795,86.787,122.9061,74.1813,143.7916,67.5461,157.9167,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',151,'P0006','ast',730.5,2374.125,103.2795,8.07526767498258806182e+01,1.32090361751374814499e+02,6.46790744304378790747e+01,1.64916472382135594898e+02,5.6651780222803907348e+01,1.88284605240444676606e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',152,'P0006','bili',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',153,'P0006','bili',182.625,1826.25,1.1605,1.01499046903332801328e+00,1.32688118331754867362e+00,8.99410094240508661833e-01,1.49731487186526757149e+00,8.36806697804841626009e-01,1.60936874410929031675e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',154,'P0006','bili',365.25,2008.875,1.1605,0.9602,1.4026,0.8093,1.664,0.7308,1.8428,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',155,'P0006','bili',730.5,2374.125,1.1605,0.887725680507105,1.5171164796571980915e+00,6.97060334012684745808e-01,1.93188438217053248813e+00,6.03399784137047423548e-01,2.2318550232795475452e+00,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',156,'P0006','edema',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',157,'P0006','edema',182.625,1826.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.473,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',158,'P0006','edema',365.25,2008.875,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.473,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',159,'P0006','edema',730.5,2374.125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.473,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',160,'P0006','platelet',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',161,'P0006','platelet',182.625,1826.25,117.5714,9.78496285021228828782e+01,1.36002852972518184059e+02,7.85194003963712248159e+01,151.778882532887,6.59879633646402368168e+01,1.60879074628303783351e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',162,'P0006','platelet',365.25,2008.875,117.5714,90.6836,144.4593,66.4286,168.7142,51.9475,183.1954,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',163,'P0006','platelet',730.5,2374.125,117.5714,81.4360448034425,1.57323771058815310656e+02,5.24387413827313650935e+01,1.95939056462132015212e+02,3.70363141802606889987e+01,2.20139223087071684409e+02,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',164,'P0006','protime',91.3125,1734.9375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it.');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',165,'P0006','protime',182.625,1826.25,10.2836,1.00337176957092264471e+01,1.05398126018450213339e+01,9.8134065003055859222e+00,1.07763460939882360634e+01,9.68421993334578,1.09200657873731703522e+01,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',166,'P0006','protime',365.25,2008.875,10.2836,9.932,10.6478,9.625,10.9873,9.4463,11.1951,NULL,'');
INSERT INTO "horizons" VALUES('c8027909bfa985c9',167,'P0006','protime',730.5,2374.125,10.2836,9.78990730845117163028e+00,1.08024086586420242639e+01,9.36471149599750241065e+00,1.12927024716456791963e+01,9.11977475956005,1.15959232953983040206e+01,NULL,'');
CREATE TABLE influences (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
	outcome TEXT, 
	time_days DOUBLE, 
	moved DOUBLE, 
	narrowed DOUBLE, 
	PRIMARY KEY (release_id, subject_id, row_number)
)
 WITHOUT ROWID

;
INSERT INTO "influences" VALUES('696f06da1d0b7e14',42,'P0006','albumin',1643.625,0.361,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',43,'P0006','albumin',1314.9,0.337,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',44,'P0006','alk_phos',1643.625,21.5,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',45,'P0006','alk_phos',1314.9,2.99000000000000021316e+01,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',46,'P0006','ast',1643.625,10.22,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',47,'P0006','ast',1314.9,1.04400000000000012787e+01,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',48,'P0006','bili',1643.625,1.10000000000000014432e-01,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',49,'P0006','bili',1314.9,0.13,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',50,'P0006','edema',1643.625,0.031,NULL);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',51,'P0006','edema',1314.9,0.031,NULL);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',52,'P0006','platelet',1643.625,9.8,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',53,'P0006','platelet',1314.9,14.5,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',54,'P0006','protime',1643.625,1.02,0.12);
INSERT INTO "influences" VALUES('696f06da1d0b7e14',55,'P0006','protime',1314.9,1.01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',0,'P0001','albumin',1.97235000000000013642e+03,3.20000000000000062172e-01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',1,'P0001','albumin',1643.625,0.332,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',2,'P0001','alk_phos',1.97235000000000013642e+03,4.88000000000000042641e+01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',3,'P0001','alk_phos',1643.625,8.26000000000000085282e+01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',4,'P0001','ast',1.97235000000000013642e+03,7.80000000000000071054e+00,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',5,'P0001','ast',1643.625,14.71,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',6,'P0001','bili',1.97235000000000013642e+03,0.24,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',7,'P0001','bili',1643.625,0.17,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',8,'P0001','edema',1.97235000000000013642e+03,0.031,NULL);
INSERT INTO "influences" VALUES('c8027909bfa985c9',9,'P0001','edema',1643.625,0.031,NULL);
INSERT INTO "influences" VALUES('c8027909bfa985c9',10,'P0001','platelet',1.97235000000000013642e+03,16.2,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',11,'P0001','platelet',1643.625,2.09000000000000021307e+01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',12,'P0001','protime',1.97235000000000013642e+03,1.06,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',13,'P0001','protime',1643.625,1.05,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',14,'P0002','albumin',657.45,0.307,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',15,'P0002','albumin',328.725,0.326,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',16,'P0002','alk_phos',657.45,5.14000000000000056843e+01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',17,'P0002','alk_phos',328.725,32.9,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',18,'P0002','ast',657.45,6.36,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',19,'P0002','ast',328.725,6.0,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',20,'P0002','bili',657.45,0.1,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',21,'P0002','bili',328.725,0.17,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',22,'P0002','edema',657.45,0.031,NULL);
INSERT INTO "influences" VALUES('c8027909bfa985c9',23,'P0002','edema',328.725,0.031,NULL);
INSERT INTO "influences" VALUES('c8027909bfa985c9',24,'P0002','platelet',657.45,31.0,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',25,'P0002','platelet',328.725,29.0,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',26,'P0002','protime',657.45,1.07,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',27,'P0002','protime',328.725,1.11,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',28,'P0005','albumin',1314.9,3.04000000000000047961e-01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',29,'P0005','albumin',9.86175000000000068212e+02,0.301,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',30,'P0005','alk_phos',1314.9,2.25700000000000017058e+02,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',31,'P0005','alk_phos',9.86175000000000068212e+02,2.39100000000000022736e+02,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',32,'P0005','ast',1314.9,16.76,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',33,'P0005','ast',9.86175000000000068212e+02,2.4700000000000002843e+01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',34,'P0005','bili',1314.9,0.12,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',35,'P0005','bili',9.86175000000000068212e+02,1.50000000000000022204e-01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',36,'P0005','edema',1314.9,0.031,NULL);
INSERT INTO "influences" VALUES('c8027909bfa985c9',37,'P0005','edema',9.86175000000000068212e+02,0.031,NULL);
INSERT INTO "influences" VALUES('c8027909bfa985c9',38,'P0005','platelet',1314.9,18.5,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',39,'P0005','platelet',9.86175000000000068212e+02,1.84000000000000021316e+01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',40,'P0005','protime',1314.9,1.15000000000000013322e+00,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',41,'P0005','protime',9.86175000000000068212e+02,1.17,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',42,'P0006','albumin',1643.625,0.361,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',43,'P0006','albumin',1314.9,0.337,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',44,'P0006','alk_phos',1643.625,21.5,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',45,'P0006','alk_phos',1314.9,2.99000000000000021316e+01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',46,'P0006','ast',1643.625,10.22,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',47,'P0006','ast',1314.9,1.04400000000000012787e+01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',48,'P0006','bili',1643.625,1.10000000000000014432e-01,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',49,'P0006','bili',1314.9,0.13,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',50,'P0006','edema',1643.625,0.031,NULL);
INSERT INTO "influences" VALUES('c8027909bfa985c9',51,'P0006','edema',1314.9,0.031,NULL);
INSERT INTO "influences" VALUES('c8027909bfa985c9',52,'P0006','platelet',1643.625,9.8,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',53,'P0006','platelet',1314.9,14.5,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',54,'P0006','protime',1643.625,1.02,0.12);
INSERT INTO "influences" VALUES('c8027909bfa985c9',55,'P0006','protime',1314.9,1.01,0.12);
CREATE TABLE journal (
	sequence INTEGER NOT NULL, 
	study TEXT NOT NULL, 
	release_id VARCHAR(16) NOT NULL, 
	action TEXT NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	PRIMARY KEY (sequence)
);
INSERT INTO "journal" VALUES(1,'pbc','c8027909bfa985c9','stage','2026-03-01T12:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(2,'pbc','c8027909bfa985c9','promote','2026-03-01T12:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(3,'pbc','696f06da1d0b7e14','stage','2026-03-02T12:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(4,'pbc','696f06da1d0b7e14','promote','2026-03-02T12:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(5,'pbc','c8027909bfa985c9','rollback','2026-03-04T12:00:00+00:00','steward: wrong units');
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
INSERT INTO "outcomes" VALUES('c8027909bfa985c9',0,'bili','Bilirubin','continuous','mg/dL','log',0.1,1.2,0,0);
INSERT INTO "outcomes" VALUES('c8027909bfa985c9',1,'albumin','Albumin','continuous','g/dL','identity',3.5,5.0,1,0);
INSERT INTO "outcomes" VALUES('c8027909bfa985c9',2,'protime','Prothrombin time','continuous','s','log',9.5,12.0,2,0);
INSERT INTO "outcomes" VALUES('c8027909bfa985c9',3,'platelet','Platelets','continuous','10^9/L','identity',150.0,400.0,3,0);
INSERT INTO "outcomes" VALUES('c8027909bfa985c9',4,'alk_phos','Alkaline phosphatase','continuous','U/L','log',40.0,130.0,4,0);
INSERT INTO "outcomes" VALUES('c8027909bfa985c9',5,'ast','Aspartate aminotransferase (AST)','continuous','U/L','log',8.0,40.0,5,0);
INSERT INTO "outcomes" VALUES('c8027909bfa985c9',6,'edema','Oedema or ascites','binary','','identity',NULL,NULL,6,1);
INSERT INTO "outcomes" VALUES('696f06da1d0b7e14',0,'bili','Bilirubin','continuous','mg/dL','log',0.1,1.2,0,0);
INSERT INTO "outcomes" VALUES('696f06da1d0b7e14',1,'albumin','Albumin','continuous','g/dL','identity',3.5,5.0,1,0);
INSERT INTO "outcomes" VALUES('696f06da1d0b7e14',2,'protime','Prothrombin time','continuous','s','log',9.5,12.0,2,0);
INSERT INTO "outcomes" VALUES('696f06da1d0b7e14',3,'platelet','Platelets','continuous','10^9/L','identity',150.0,400.0,3,0);
INSERT INTO "outcomes" VALUES('696f06da1d0b7e14',4,'alk_phos','Alkaline phosphatase','continuous','U/L','log',40.0,130.0,4,0);
INSERT INTO "outcomes" VALUES('696f06da1d0b7e14',5,'ast','Aspartate aminotransferase (AST)','continuous','U/L','log',8.0,40.0,5,0);
INSERT INTO "outcomes" VALUES('696f06da1d0b7e14',6,'edema','Oedema or ascites','binary','','identity',NULL,NULL,6,1);
CREATE TABLE predictions (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
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
	PRIMARY KEY (release_id, subject_id, row_number)
)
 WITHOUT ROWID

;
INSERT INTO "predictions" VALUES('696f06da1d0b7e14',35,'P0006','bili',2008.875,1.1605,0.9602,1.4026,0.8093,1.664,0.7308,1.8428,NULL,1.6,0.3442,7.4377,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('696f06da1d0b7e14',36,'P0006','albumin',2008.875,3.58,3.4279,3.7321,3.2908,3.8692,3.2089,3.9511,NULL,3.4,2.72,4.08,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('696f06da1d0b7e14',37,'P0006','protime',2008.875,10.2836,9.932,10.6478,9.625,10.9873,9.4463,11.1951,NULL,10.8,9.1174,12.7931,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('696f06da1d0b7e14',38,'P0006','platelet',2008.875,117.5714,90.6836,144.4593,66.4286,168.7142,51.9475,183.1954,NULL,235.0,81.8382,388.1618,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('696f06da1d0b7e14',39,'P0006','alk_phos',2008.875,271.4674,227.515,323.9107,194.0054,379.8582,176.4009,417.7672,NULL,1100.0,407.1717,2971.7194,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('696f06da1d0b7e14',40,'P0006','ast',2008.875,103.2795,86.787,122.9061,74.1813,143.7916,67.5461,157.9167,NULL,110.0,47.1656,256.5429,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('696f06da1d0b7e14',41,'P0006','edema',2008.875,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.473,NULL,NULL,NULL,0.214,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',0,'P0001','bili',2.33760000000000036377e+03,2.2814,1.8965,2.7444,1.6053,3.2422,1.4533,3.5814,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',1,'P0001','albumin',2.33760000000000036377e+03,3.225,3.0738,3.3762,2.9374,3.5126,2.856,3.594,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',2,'P0001','protime',2.33760000000000036377e+03,10.6248,10.2641,10.9982,9.9492,11.3463,9.7658,11.5594,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',3,'P0001','platelet',2.33760000000000036377e+03,171.125,144.5307,197.7193,120.5405,221.7095,106.2175,236.0325,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',4,'P0001','alk_phos',2.33760000000000036377e+03,540.1836,453.5719,643.3343,387.4207,753.1822,352.6204,827.5141,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',5,'P0001','ast',2.33760000000000036377e+03,81.4248,68.5092,96.7754,58.6254,113.091,53.4181,124.1154,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',6,'P0001','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.534,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',7,'P0002','bili',1022.7,1.1247,0.8966,1.4109,0.7307,1.731,0.6468,1.9558,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',8,'P0002','albumin',1022.7,3.1525,2.9929,3.3121,2.849,3.456,2.763,3.542,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient. The newest value is much lower than expected from the earlier ones.');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',9,'P0002','protime',1022.7,10.7249,10.3358,11.1287,9.9969,11.5059,9.7999,11.7372,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',10,'P0002','platelet',1022.7,291.25,261.9053,320.5947,235.4342,347.0658,219.6299,362.8701,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',11,'P0002','alk_phos',1022.7,621.6852,512.925,753.5068,431.2364,896.2427,388.8081,994.0441,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',12,'P0002','ast',1022.7,72.9358,60.631,87.738,51.3223,103.6517,46.4608,114.4973,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',13,'P0002','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.244,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','Age lies above that of every training patient.');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',14,'P0003','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',15,'P0003','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',16,'P0003','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',17,'P0003','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',18,'P0003','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',19,'P0003','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',20,'P0003','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.435,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',21,'P0004','bili',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',22,'P0004','albumin',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',23,'P0004','protime',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',24,'P0004','platelet',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',25,'P0004','alk_phos',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',26,'P0004','ast',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',27,'P0004','edema',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.214,'blend',5,365.25,'withheld','Last measured more than 3 years before the predicted visit.','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',28,'P0005','bili',1680.15,1.2589,1.0343,1.5323,0.8663,1.8295,0.7793,2.0337,NULL,1.6,0.3442,7.4377,NULL,'blend',5,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',29,'P0005','albumin',1680.15,3.1,2.9466,3.2534,2.8082,3.3918,2.7256,3.4744,NULL,3.4,2.72,4.08,NULL,'blend',5,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',30,'P0005','protime',1680.15,11.3803,10.9868,11.7878,10.6436,12.1679,10.4438,12.4007,NULL,10.8,9.1174,12.7931,NULL,'blend',5,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',31,'P0005','platelet',1680.15,193.3333,165.9994,220.6673,141.342,245.3246,126.6206,260.046,NULL,235.0,81.8382,388.1618,NULL,'blend',5,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',32,'P0005','alk_phos',1680.15,2002.2044,1673.2685,2395.8034,1423.165,2816.8361,1292.0436,3102.6991,NULL,1100.0,407.1717,2971.7194,NULL,'blend',5,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',33,'P0005','ast',1680.15,156.2406,131.0367,186.2921,111.8082,218.3302,101.7012,240.0277,NULL,110.0,47.1656,256.5429,NULL,'blend',5,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',34,'P0005','edema',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.445,NULL,NULL,NULL,0.214,'blend',5,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',35,'P0006','bili',2008.875,1.1605,0.9602,1.4026,0.8093,1.664,0.7308,1.8428,NULL,1.6,0.3442,7.4377,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',36,'P0006','albumin',2008.875,3.58,3.4279,3.7321,3.2908,3.8692,3.2089,3.9511,NULL,3.4,2.72,4.08,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',37,'P0006','protime',2008.875,10.2836,9.932,10.6478,9.625,10.9873,9.4463,11.1951,NULL,10.8,9.1174,12.7931,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',38,'P0006','platelet',2008.875,117.5714,90.6836,144.4593,66.4286,168.7142,51.9475,183.1954,NULL,235.0,81.8382,388.1618,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',39,'P0006','alk_phos',2008.875,271.4674,227.515,323.9107,194.0054,379.8582,176.4009,417.7672,NULL,1100.0,407.1717,2971.7194,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',40,'P0006','ast',2008.875,103.2795,86.787,122.9061,74.1813,143.7916,67.5461,157.9167,NULL,110.0,47.1656,256.5429,NULL,'blend',6,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('c8027909bfa985c9',41,'P0006','edema',2008.875,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.473,NULL,NULL,NULL,0.214,'blend',6,365.25,'personalised','','');
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
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',0,'visits','chol','mg/dL','',221,626);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',1,'visits','chol','mg/dL','placebo, stage 1-2',20,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',2,'visits','chol','mg/dL','placebo, stage 3',22,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',3,'visits','chol','mg/dL','placebo, stage 4',61,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',4,'visits','chol','mg/dL','D-penicillamine, stage 1-2',15,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',5,'visits','chol','mg/dL','D-penicillamine, stage 3',18,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',6,'visits','chol','mg/dL','D-penicillamine, stage 4',85,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',7,'visits','platelet','10^9/L','',39,626);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',8,'visits','platelet','10^9/L','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',9,'visits','platelet','10^9/L','placebo, stage 3',NULL,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',10,'visits','platelet','10^9/L','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',11,'visits','platelet','10^9/L','D-penicillamine, stage 1-2',14,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',12,'visits','platelet','10^9/L','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',13,'visits','platelet','10^9/L','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',14,'visits','bili','mg/dL','',0,626);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',15,'visits','bili','mg/dL','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',16,'visits','bili','mg/dL','placebo, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',17,'visits','bili','mg/dL','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',18,'visits','bili','mg/dL','D-penicillamine, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',19,'visits','bili','mg/dL','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('c8027909bfa985c9',20,'visits','bili','mg/dL','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',0,'visits','chol','mg/dL','',221,626);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',1,'visits','chol','mg/dL','placebo, stage 1-2',20,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',2,'visits','chol','mg/dL','placebo, stage 3',22,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',3,'visits','chol','mg/dL','placebo, stage 4',61,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',4,'visits','chol','mg/dL','D-penicillamine, stage 1-2',15,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',5,'visits','chol','mg/dL','D-penicillamine, stage 3',18,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',6,'visits','chol','mg/dL','D-penicillamine, stage 4',85,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',7,'visits','platelet','10^9/L','',39,626);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',8,'visits','platelet','10^9/L','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',9,'visits','platelet','10^9/L','placebo, stage 3',NULL,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',10,'visits','platelet','10^9/L','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',11,'visits','platelet','10^9/L','D-penicillamine, stage 1-2',14,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',12,'visits','platelet','10^9/L','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',13,'visits','platelet','10^9/L','D-penicillamine, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',14,'visits','bili','mg/dL','',0,626);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',15,'visits','bili','mg/dL','placebo, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',16,'visits','bili','mg/dL','placebo, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',17,'visits','bili','mg/dL','placebo, stage 4',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',18,'visits','bili','mg/dL','D-penicillamine, stage 1-2',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',19,'visits','bili','mg/dL','D-penicillamine, stage 3',0,104);
INSERT INTO "quality_missing" VALUES('696f06da1d0b7e14',20,'visits','bili','mg/dL','D-penicillamine, stage 4',0,104);
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
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',0,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','','rows',4,640);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',1,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','','rows',10,640);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',2,'visits','visits.chol.missing_at_most','W_COMPLETENESS','More is missing than allowed','','rows',221,640);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',3,'visits','visits.sex.type','N_CATEGORY','Declared spellings of a category','','rows',12,640);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',4,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 1-2','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',5,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',6,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',7,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',8,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',9,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 4','patients',12,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',10,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',11,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',12,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',13,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',14,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('c8027909bfa985c9',15,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',0,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','','rows',4,640);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',1,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','','rows',10,640);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',2,'visits','visits.chol.missing_at_most','W_COMPLETENESS','More is missing than allowed','','rows',221,640);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',3,'visits','visits.sex.type','N_CATEGORY','Declared spellings of a category','','rows',12,640);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',4,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 1-2','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',5,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',6,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',7,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',8,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','placebo, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',9,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','placebo, stage 4','patients',12,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',10,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',11,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 1-2','patients',0,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',12,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 3','patients',0,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',13,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 3','patients',NULL,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',14,'visits','visits.unique_key','Q_KEY_CONFLICT','Conflicting versions of one record','D-penicillamine, stage 4','patients',0,15);
INSERT INTO "quality_rules" VALUES('696f06da1d0b7e14',15,'visits','visits.platelet.hard_range','Q_HARD_RANGE','Impossible values','D-penicillamine, stage 4','patients',0,15);
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
INSERT INTO "quality_shapes" VALUES('c8027909bfa985c9',0,'visits','bili','','mg/dL','log','["0.1", "40"]','[null, null, null, null, 15, 23, 33, 45, 58, 70, 81, 88, 90, 88, 81, 70, 58, 45, 33, 23, 15, null, null, null, null, null, 0, 0, 0, 0, 0, 0]');
INSERT INTO "quality_shapes" VALUES('c8027909bfa985c9',1,'visits','sex','','','categories','["f", "m"]','[540, 86]');
INSERT INTO "quality_shapes" VALUES('696f06da1d0b7e14',0,'visits','bili','','mg/dL','log','["0.1", "40"]','[null, null, null, null, 15, 23, 33, 45, 58, 70, 81, 88, 90, 88, 81, 70, 58, 45, 33, 23, 15, null, null, null, null, null, 0, 0, 0, 0, 0, 0]');
INSERT INTO "quality_shapes" VALUES('696f06da1d0b7e14',1,'visits','sex','','','categories','["f", "m"]','[540, 86]');
CREATE TABLE records (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
	time_days DOUBLE, 
	outcome TEXT, 
	value DOUBLE, 
	PRIMARY KEY (release_id, subject_id, row_number)
)
 WITHOUT ROWID

;
INSERT INTO "records" VALUES('696f06da1d0b7e14',140,'P0006',0.0,'bili',2.7);
INSERT INTO "records" VALUES('696f06da1d0b7e14',141,'P0006',328.725,'bili',2.3);
INSERT INTO "records" VALUES('696f06da1d0b7e14',142,'P0006',657.45,'bili',2.1);
INSERT INTO "records" VALUES('696f06da1d0b7e14',143,'P0006',9.86175000000000068212e+02,'bili',2.6);
INSERT INTO "records" VALUES('696f06da1d0b7e14',144,'P0006',1314.9,'bili',2.3);
INSERT INTO "records" VALUES('696f06da1d0b7e14',145,'P0006',1643.625,'bili',2.1);
INSERT INTO "records" VALUES('696f06da1d0b7e14',146,'P0006',0.0,'albumin',4.67);
INSERT INTO "records" VALUES('696f06da1d0b7e14',147,'P0006',328.725,'albumin',4.35999999999999943156e+00);
INSERT INTO "records" VALUES('696f06da1d0b7e14',148,'P0006',657.45,'albumin',4.43);
INSERT INTO "records" VALUES('696f06da1d0b7e14',149,'P0006',9.86175000000000068212e+02,'albumin',4.35);
INSERT INTO "records" VALUES('696f06da1d0b7e14',150,'P0006',1314.9,'albumin',4.37);
INSERT INTO "records" VALUES('696f06da1d0b7e14',151,'P0006',1643.625,'albumin',4.60999999999999943156e+00);
INSERT INTO "records" VALUES('696f06da1d0b7e14',152,'P0006',0.0,'protime',11.2);
INSERT INTO "records" VALUES('696f06da1d0b7e14',153,'P0006',328.725,'protime',12.2);
INSERT INTO "records" VALUES('696f06da1d0b7e14',154,'P0006',657.45,'protime',10.4);
INSERT INTO "records" VALUES('696f06da1d0b7e14',155,'P0006',9.86175000000000068212e+02,'protime',11.6);
INSERT INTO "records" VALUES('696f06da1d0b7e14',156,'P0006',1314.9,'protime',11.1);
INSERT INTO "records" VALUES('696f06da1d0b7e14',157,'P0006',1643.625,'protime',11.2);
INSERT INTO "records" VALUES('696f06da1d0b7e14',158,'P0006',0.0,'platelet',141.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',159,'P0006',328.725,'platelet',107.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',160,'P0006',657.45,'platelet',111.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',161,'P0006',9.86175000000000068212e+02,'platelet',94.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',162,'P0006',1314.9,'platelet',146.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',163,'P0006',1643.625,'platelet',99.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',164,'P0006',0.0,'alk_phos',201.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',165,'P0006',328.725,'alk_phos',143.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',166,'P0006',657.45,'alk_phos',274.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',167,'P0006',9.86175000000000068212e+02,'alk_phos',424.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',168,'P0006',1314.9,'alk_phos',300.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',169,'P0006',1643.625,'alk_phos',216.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',170,'P0006',0.0,'ast',75.9);
INSERT INTO "records" VALUES('696f06da1d0b7e14',171,'P0006',328.725,'ast',77.1);
INSERT INTO "records" VALUES('696f06da1d0b7e14',172,'P0006',657.45,'ast',78.4);
INSERT INTO "records" VALUES('696f06da1d0b7e14',173,'P0006',9.86175000000000068212e+02,'ast',83.6);
INSERT INTO "records" VALUES('696f06da1d0b7e14',174,'P0006',1314.9,'ast',105.4);
INSERT INTO "records" VALUES('696f06da1d0b7e14',175,'P0006',1643.625,'ast',103.2);
INSERT INTO "records" VALUES('696f06da1d0b7e14',176,'P0006',0.0,'edema',1.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',177,'P0006',328.725,'edema',1.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',178,'P0006',657.45,'edema',1.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',179,'P0006',9.86175000000000068212e+02,'edema',1.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',180,'P0006',1314.9,'edema',2.0);
INSERT INTO "records" VALUES('696f06da1d0b7e14',181,'P0006',1643.625,'edema',1.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',0,'P0001',0.0,'bili',2.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',1,'P0001',328.725,'bili',1.8);
INSERT INTO "records" VALUES('c8027909bfa985c9',2,'P0001',657.45,'bili',2.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',3,'P0001',9.86175000000000068212e+02,'bili',1.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',4,'P0001',1314.9,'bili',2.3);
INSERT INTO "records" VALUES('c8027909bfa985c9',5,'P0001',1643.625,'bili',1.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',6,'P0001',1.97235000000000013642e+03,'bili',2.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',7,'P0001',0.0,'albumin',2.9);
INSERT INTO "records" VALUES('c8027909bfa985c9',8,'P0001',328.725,'albumin',3.33);
INSERT INTO "records" VALUES('c8027909bfa985c9',9,'P0001',657.45,'albumin',3.43);
INSERT INTO "records" VALUES('c8027909bfa985c9',10,'P0001',9.86175000000000068212e+02,'albumin',3.46);
INSERT INTO "records" VALUES('c8027909bfa985c9',11,'P0001',1314.9,'albumin',3.09);
INSERT INTO "records" VALUES('c8027909bfa985c9',12,'P0001',1643.625,'albumin',3.32);
INSERT INTO "records" VALUES('c8027909bfa985c9',13,'P0001',1.97235000000000013642e+03,'albumin',3.2);
INSERT INTO "records" VALUES('c8027909bfa985c9',14,'P0001',0.0,'protime',9.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',15,'P0001',328.725,'protime',10.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',16,'P0001',657.45,'protime',10.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',17,'P0001',9.86175000000000068212e+02,'protime',10.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',18,'P0001',1314.9,'protime',10.3);
INSERT INTO "records" VALUES('c8027909bfa985c9',19,'P0001',1643.625,'protime',10.5);
INSERT INTO "records" VALUES('c8027909bfa985c9',20,'P0001',1.97235000000000013642e+03,'protime',10.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',21,'P0001',0.0,'platelet',183.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',22,'P0001',328.725,'platelet',73.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',23,'P0001',657.45,'platelet',164.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',24,'P0001',9.86175000000000068212e+02,'platelet',137.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',25,'P0001',1314.9,'platelet',108.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',26,'P0001',1643.625,'platelet',209.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',27,'P0001',1.97235000000000013642e+03,'platelet',162.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',28,'P0001',0.0,'alk_phos',657.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',29,'P0001',328.725,'alk_phos',544.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',30,'P0001',657.45,'alk_phos',678.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',31,'P0001',9.86175000000000068212e+02,'alk_phos',564.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',32,'P0001',1314.9,'alk_phos',680.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',33,'P0001',1643.625,'alk_phos',826.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',34,'P0001',1.97235000000000013642e+03,'alk_phos',488.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',35,'P0001',0.0,'ast',124.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',36,'P0001',328.725,'ast',88.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',37,'P0001',657.45,'ast',100.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',38,'P0001',9.86175000000000068212e+02,'ast',108.9);
INSERT INTO "records" VALUES('c8027909bfa985c9',39,'P0001',1314.9,'ast',140.8);
INSERT INTO "records" VALUES('c8027909bfa985c9',40,'P0001',1643.625,'ast',147.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',41,'P0001',1.97235000000000013642e+03,'ast',78.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',42,'P0001',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',43,'P0001',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',44,'P0001',657.45,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',45,'P0001',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',46,'P0001',1314.9,'edema',1.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',47,'P0001',1643.625,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',48,'P0001',1.97235000000000013642e+03,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',49,'P0002',0.0,'bili',1.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',50,'P0002',328.725,'bili',1.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',51,'P0002',657.45,'bili',1.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',52,'P0002',0.0,'albumin',3.27);
INSERT INTO "records" VALUES('c8027909bfa985c9',53,'P0002',328.725,'albumin',3.26);
INSERT INTO "records" VALUES('c8027909bfa985c9',54,'P0002',657.45,'albumin',3.07);
INSERT INTO "records" VALUES('c8027909bfa985c9',55,'P0002',0.0,'protime',11.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',56,'P0002',328.725,'protime',11.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',57,'P0002',657.45,'protime',10.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',58,'P0002',0.0,'platelet',332.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',59,'P0002',328.725,'platelet',290.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',60,'P0002',657.45,'platelet',310.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',61,'P0002',0.0,'alk_phos',355.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',62,'P0002',328.725,'alk_phos',329.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',63,'P0002',657.45,'alk_phos',514.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',64,'P0002',0.0,'ast',128.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',65,'P0002',328.725,'ast',60.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',66,'P0002',657.45,'ast',63.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',67,'P0002',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',68,'P0002',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',69,'P0002',657.45,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',70,'P0004',0.0,'bili',0.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',71,'P0004',328.725,'bili',0.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',72,'P0004',657.45,'bili',1.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',73,'P0004',9.86175000000000068212e+02,'bili',0.5);
INSERT INTO "records" VALUES('c8027909bfa985c9',74,'P0004',1314.9,'bili',1.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',75,'P0004',0.0,'albumin',2.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',76,'P0004',328.725,'albumin',2.99);
INSERT INTO "records" VALUES('c8027909bfa985c9',77,'P0004',657.45,'albumin',2.87);
INSERT INTO "records" VALUES('c8027909bfa985c9',78,'P0004',9.86175000000000068212e+02,'albumin',2.53);
INSERT INTO "records" VALUES('c8027909bfa985c9',79,'P0004',1314.9,'albumin',3.16);
INSERT INTO "records" VALUES('c8027909bfa985c9',80,'P0004',0.0,'protime',12.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',81,'P0004',328.725,'protime',12.2);
INSERT INTO "records" VALUES('c8027909bfa985c9',82,'P0004',657.45,'protime',11.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',83,'P0004',9.86175000000000068212e+02,'protime',13.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',84,'P0004',1314.9,'protime',11.9);
INSERT INTO "records" VALUES('c8027909bfa985c9',85,'P0004',0.0,'platelet',207.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',86,'P0004',328.725,'platelet',178.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',87,'P0004',657.45,'platelet',269.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',88,'P0004',9.86175000000000068212e+02,'platelet',211.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',89,'P0004',1314.9,'platelet',249.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',90,'P0004',0.0,'alk_phos',1021.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',91,'P0004',328.725,'alk_phos',939.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',92,'P0004',657.45,'alk_phos',1054.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',93,'P0004',9.86175000000000068212e+02,'alk_phos',933.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',94,'P0004',1314.9,'alk_phos',926.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',95,'P0004',0.0,'ast',89.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',96,'P0004',328.725,'ast',48.5);
INSERT INTO "records" VALUES('c8027909bfa985c9',97,'P0004',657.45,'ast',42.8);
INSERT INTO "records" VALUES('c8027909bfa985c9',98,'P0004',9.86175000000000068212e+02,'ast',58.8);
INSERT INTO "records" VALUES('c8027909bfa985c9',99,'P0004',1314.9,'ast',74.5);
INSERT INTO "records" VALUES('c8027909bfa985c9',100,'P0004',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',101,'P0004',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',102,'P0004',657.45,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',103,'P0004',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',104,'P0004',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',105,'P0005',0.0,'bili',1.3);
INSERT INTO "records" VALUES('c8027909bfa985c9',106,'P0005',328.725,'bili',1.8);
INSERT INTO "records" VALUES('c8027909bfa985c9',107,'P0005',657.45,'bili',1.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',108,'P0005',9.86175000000000068212e+02,'bili',1.5);
INSERT INTO "records" VALUES('c8027909bfa985c9',109,'P0005',1314.9,'bili',1.2);
INSERT INTO "records" VALUES('c8027909bfa985c9',110,'P0005',0.0,'albumin',2.86);
INSERT INTO "records" VALUES('c8027909bfa985c9',111,'P0005',328.725,'albumin',3.08);
INSERT INTO "records" VALUES('c8027909bfa985c9',112,'P0005',657.45,'albumin',3.06);
INSERT INTO "records" VALUES('c8027909bfa985c9',113,'P0005',9.86175000000000068212e+02,'albumin',3.01);
INSERT INTO "records" VALUES('c8027909bfa985c9',114,'P0005',1314.9,'albumin',3.04);
INSERT INTO "records" VALUES('c8027909bfa985c9',115,'P0005',0.0,'protime',11.3);
INSERT INTO "records" VALUES('c8027909bfa985c9',116,'P0005',328.725,'protime',11.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',117,'P0005',657.45,'protime',12.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',118,'P0005',9.86175000000000068212e+02,'protime',11.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',119,'P0005',1314.9,'protime',11.5);
INSERT INTO "records" VALUES('c8027909bfa985c9',120,'P0005',0.0,'platelet',223.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',121,'P0005',328.725,'platelet',216.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',122,'P0005',657.45,'platelet',166.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',123,'P0005',9.86175000000000068212e+02,'platelet',184.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',124,'P0005',1314.9,'platelet',185.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',125,'P0005',0.0,'alk_phos',1550.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',126,'P0005',328.725,'alk_phos',2627.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',127,'P0005',657.45,'alk_phos',1363.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',128,'P0005',9.86175000000000068212e+02,'alk_phos',2391.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',129,'P0005',1314.9,'alk_phos',2257.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',130,'P0005',0.0,'ast',236.2);
INSERT INTO "records" VALUES('c8027909bfa985c9',131,'P0005',328.725,'ast',131.3);
INSERT INTO "records" VALUES('c8027909bfa985c9',132,'P0005',657.45,'ast',123.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',133,'P0005',9.86175000000000068212e+02,'ast',247.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',134,'P0005',1314.9,'ast',167.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',135,'P0005',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',136,'P0005',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',137,'P0005',657.45,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',138,'P0005',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',139,'P0005',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',140,'P0006',0.0,'bili',1.7);
INSERT INTO "records" VALUES('c8027909bfa985c9',141,'P0006',328.725,'bili',1.3);
INSERT INTO "records" VALUES('c8027909bfa985c9',142,'P0006',657.45,'bili',1.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',143,'P0006',9.86175000000000068212e+02,'bili',1.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',144,'P0006',1314.9,'bili',1.3);
INSERT INTO "records" VALUES('c8027909bfa985c9',145,'P0006',1643.625,'bili',1.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',146,'P0006',0.0,'albumin',3.67);
INSERT INTO "records" VALUES('c8027909bfa985c9',147,'P0006',328.725,'albumin',3.36);
INSERT INTO "records" VALUES('c8027909bfa985c9',148,'P0006',657.45,'albumin',3.43);
INSERT INTO "records" VALUES('c8027909bfa985c9',149,'P0006',9.86175000000000068212e+02,'albumin',3.35);
INSERT INTO "records" VALUES('c8027909bfa985c9',150,'P0006',1314.9,'albumin',3.37);
INSERT INTO "records" VALUES('c8027909bfa985c9',151,'P0006',1643.625,'albumin',3.61);
INSERT INTO "records" VALUES('c8027909bfa985c9',152,'P0006',0.0,'protime',10.2);
INSERT INTO "records" VALUES('c8027909bfa985c9',153,'P0006',328.725,'protime',11.2);
INSERT INTO "records" VALUES('c8027909bfa985c9',154,'P0006',657.45,'protime',9.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',155,'P0006',9.86175000000000068212e+02,'protime',10.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',156,'P0006',1314.9,'protime',10.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',157,'P0006',1643.625,'protime',10.2);
INSERT INTO "records" VALUES('c8027909bfa985c9',158,'P0006',0.0,'platelet',140.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',159,'P0006',328.725,'platelet',106.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',160,'P0006',657.45,'platelet',110.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',161,'P0006',9.86175000000000068212e+02,'platelet',93.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',162,'P0006',1314.9,'platelet',145.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',163,'P0006',1643.625,'platelet',98.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',164,'P0006',0.0,'alk_phos',200.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',165,'P0006',328.725,'alk_phos',142.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',166,'P0006',657.45,'alk_phos',273.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',167,'P0006',9.86175000000000068212e+02,'alk_phos',423.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',168,'P0006',1314.9,'alk_phos',299.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',169,'P0006',1643.625,'alk_phos',215.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',170,'P0006',0.0,'ast',74.9);
INSERT INTO "records" VALUES('c8027909bfa985c9',171,'P0006',328.725,'ast',76.1);
INSERT INTO "records" VALUES('c8027909bfa985c9',172,'P0006',657.45,'ast',77.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',173,'P0006',9.86175000000000068212e+02,'ast',82.6);
INSERT INTO "records" VALUES('c8027909bfa985c9',174,'P0006',1314.9,'ast',104.4);
INSERT INTO "records" VALUES('c8027909bfa985c9',175,'P0006',1643.625,'ast',102.2);
INSERT INTO "records" VALUES('c8027909bfa985c9',176,'P0006',0.0,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',177,'P0006',328.725,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',178,'P0006',657.45,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',179,'P0006',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',180,'P0006',1314.9,'edema',1.0);
INSERT INTO "records" VALUES('c8027909bfa985c9',181,'P0006',1643.625,'edema',0.0);
CREATE TABLE releases (
	release_id VARCHAR(16) NOT NULL, 
	study TEXT NOT NULL, 
	manifest TEXT NOT NULL, 
	content_sha256 VARCHAR(64) NOT NULL, 
	staged_at TEXT NOT NULL, 
	revision VARCHAR(32) DEFAULT '' NOT NULL, 
	PRIMARY KEY (release_id)
);
INSERT INTO "releases" VALUES('c8027909bfa985c9','pbc','{"code_version": "0.1.0", "contract": "pbc", "contract_version": "1.0.0", "data_sha256": "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "patients_quarantined": 2, "report": ".meta_med/reports/pbc.html", "rows_accepted": 626, "rows_in": 640, "rows_quarantined": 14, "seed": 7, "title": "Primary biliary cholangitis: the next visit", "verdict": "quarantine"}','b6aec47cc2cdc2a534e0f2c7faa8c785fc23425f6a5406743cac67b17059d914','2026-03-01T12:00:00+00:00','0012');
INSERT INTO "releases" VALUES('696f06da1d0b7e14','pbc','{"code_version": "0.1.0", "contract": "pbc", "contract_version": "1.0.0", "data_sha256": "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "patients_quarantined": 2, "report": ".meta_med/reports/pbc.html", "rows_accepted": 626, "rows_in": 640, "rows_quarantined": 14, "seed": 8, "title": "Primary biliary cholangitis: the next visit", "verdict": "quarantine"}','862fa9d87ac38922b4d914002f0aceb9b563c1d66464828f9a19b48781d1482b','2026-03-02T12:00:00+00:00','0012');
CREATE TABLE replay (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
	outcome TEXT, 
	own_records INTEGER, 
	time_days DOUBLE, 
	value DOUBLE, 
	last_value DOUBLE, 
	mean DOUBLE, 
	lower_50 DOUBLE, 
	upper_50 DOUBLE, 
	lower_80 DOUBLE, 
	upper_80 DOUBLE, 
	lower_90 DOUBLE, 
	upper_90 DOUBLE, 
	probability DOUBLE, 
	support_size INTEGER, 
	reason TEXT, 
	role TEXT, 
	PRIMARY KEY (release_id, subject_id, row_number)
)
 WITHOUT ROWID

;
INSERT INTO "replay" VALUES('696f06da1d0b7e14',140,'P0006','albumin',0,0.0,3.67,NULL,3.18,2.9256,3.43440000000000056346e+00,2.703,3.657,2.54400000000000048316e+00,3.816,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',141,'P0006','albumin',1,328.725,3.36,3.67,3.67,3.3764000000000002899e+00,3.9636,3.1195,4.22049999999999947419e+00,2.936,4.404,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',142,'P0006','albumin',2,657.45,3.43,3.36,3.36,3.0912,3.6288,2.856,3.86399999999999943511e+00,2.688,4.032,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',143,'P0006','albumin',3,9.86175000000000068212e+02,3.35,3.43,3.43,3.1556,3.70440000000000058122e+00,2.9155,3.94449999999999967315e+00,2.744,4.116,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',144,'P0006','albumin',4,1314.9,3.37,3.35,3.35,3.08200000000000029487e+00,3.61800000000000032684e+00,2.8475,3.85249999999999959143e+00,2.68,4.02,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',145,'P0006','albumin',5,1643.625,3.61,3.37,3.37,3.1004,3.6396,2.8645,3.87549999999999972288e+00,2.696,4.044,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',146,'P0006','alk_phos',0,0.0,200.0,NULL,667.5,614.1,7.20900000000000090944e+02,567.375,7.6762499999999988633e+02,534.0,801.0,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',147,'P0006','alk_phos',1,328.725,142.0,200.0,200.0,184.0,216.0,170.0,2.29999999999999971567e+02,160.0,240.0,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',148,'P0006','alk_phos',2,657.45,273.0,142.0,142.0,1.30640000000000014782e+02,153.36,120.7,1.63299999999999982951e+02,1.13600000000000008523e+02,170.4,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',149,'P0006','alk_phos',3,9.86175000000000068212e+02,423.0,273.0,273.0,2.51160000000000025008e+02,2.94840000000000031828e+02,2.32049999999999982951e+02,313.95,218.4,3.27599999999999965901e+02,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',150,'P0006','alk_phos',4,1314.9,299.0,423.0,423.0,389.16,4.56840000000000031818e+02,359.55,486.45,3.38400000000000034106e+02,5.07599999999999965897e+02,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',151,'P0006','alk_phos',5,1643.625,215.0,299.0,299.0,275.08,322.92,254.15,3.43849999999999965893e+02,2.39200000000000017057e+02,358.8,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',152,'P0006','ast',0,0.0,74.9,NULL,9.50500000000000113721e+01,8.74460000000000121662e+01,1.02654000000000024785e+02,80.7925,109.3075,76.04,1.14060000000000016484e+02,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',153,'P0006','ast',1,328.725,76.1,74.9,74.9,68.908,8.08920000000000101198e+01,6.36650000000000062519e+01,86.135,5.99200000000000088107e+01,8.98800000000000096599e+01,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',154,'P0006','ast',2,657.45,77.4,76.1,76.1,70.012,82.188,6.46849999999999880628e+01,8.7514999999999986361e+01,6.08799999999999954516e+01,91.32,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',155,'P0006','ast',3,9.86175000000000068212e+02,82.6,77.4,77.4,7.12080000000000126183e+01,8.35920000000000129602e+01,65.79,89.01,6.19200000000000088089e+01,9.28800000000000096616e+01,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',156,'P0006','ast',4,1314.9,104.4,82.6,82.6,75.992,89.208,70.21,9.49899999999999806749e+01,66.08,9.91199999999999903366e+01,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',157,'P0006','ast',5,1643.625,102.2,104.4,104.4,9.60480000000000160281e+01,1.12752000000000009551e+02,8.87400000000000090984e+01,120.06,8.352000000000001023e+01,125.28,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',158,'P0006','bili',0,0.0,1.7,NULL,1.35,1.24200000000000021493e+00,1.45800000000000018474e+00,1.1475,1.5525,1.08,1.62,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',159,'P0006','bili',1,328.725,1.3,1.7,1.7,1.564,1.836,1.44499999999999984012e+00,1.954999999999999849e+00,1.36,2.04,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',160,'P0006','bili',2,657.45,1.1,1.3,1.3,1.19600000000000017408e+00,1.40400000000000013677e+00,1.105,1.49499999999999988453e+00,1.04,1.56,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',161,'P0006','bili',3,9.86175000000000068212e+02,1.6,1.1,1.1,1.0120000000000002327e+00,1.18800000000000016697e+00,0.935,1.265,8.80000000000000115463e-01,1.32,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',162,'P0006','bili',4,1314.9,1.3,1.6,1.6,1.47200000000000019717e+00,1.7280000000000002025e+00,1.36,1.83999999999999985789e+00,1.28000000000000024868e+00,1.92,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',163,'P0006','bili',5,1643.625,1.1,1.3,1.3,1.19600000000000017408e+00,1.40400000000000013677e+00,1.105,1.49499999999999988453e+00,1.04,1.56,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',164,'P0006','edema',0,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,0,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',165,'P0006','edema',1,328.725,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,1,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',166,'P0006','edema',2,657.45,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,2,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',167,'P0006','edema',3,9.86175000000000068212e+02,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,3,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',168,'P0006','edema',4,1314.9,1.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,4,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',169,'P0006','edema',5,1643.625,0.0,1.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.7,5,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',170,'P0006','platelet',0,0.0,140.0,NULL,180.5,166.06,1.94940000000000026149e+02,1.53424999999999982953e+02,207.575,144.4,216.6,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',171,'P0006','platelet',1,328.725,106.0,140.0,140.0,128.8,1.51200000000000017059e+02,119.0,161.0,112.0,168.0,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',172,'P0006','platelet',2,657.45,110.0,106.0,106.0,9.75200000000000102352e+01,114.48,90.1,1.21899999999999991478e+02,8.48000000000000113669e+01,1.27199999999999988629e+02,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',173,'P0006','platelet',3,9.86175000000000068212e+02,93.0,110.0,110.0,101.2,1.18800000000000011363e+02,93.5,1.26499999999999985784e+02,88.0,132.0,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',174,'P0006','platelet',4,1314.9,145.0,93.0,93.0,85.56,1.00440000000000011941e+02,79.05,1.0694999999999998863e+02,74.4,111.6,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',175,'P0006','platelet',5,1643.625,98.0,145.0,145.0,133.4,1.56600000000000022732e+02,123.25,166.75,116.0,174.0,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',176,'P0006','protime',0,0.0,10.2,NULL,1.08999999999999985789e+01,1.00279999999999986921e+01,1.17719999999999984656e+01,9.26499999999999879207e+00,1.25349999999999965898e+01,8.71999999999999886313e+00,1.30799999999999982946e+01,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',177,'P0006','protime',1,328.725,11.2,10.2,10.2,9.384,11.016,8.67,1.17299999999999986504e+01,8.16,1.22399999999999984365e+01,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',178,'P0006','protime',2,657.45,9.4,11.2,11.2,10.304,12.096,9.52,1.2879999999999999005e+01,8.95999999999999907629e+00,13.44,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',179,'P0006','protime',3,9.86175000000000068212e+02,10.6,9.4,9.4,8.64800000000000146371e+00,1.01520000000000010231e+01,7.99,1.08099999999999987211e+01,7.52000000000000046185e+00,11.28,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',180,'P0006','protime',4,1314.9,10.1,10.6,10.6,9.752,11.448,9.01,12.19,8.48,1.27199999999999988629e+01,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('696f06da1d0b7e14',181,'P0006','protime',5,1643.625,10.2,10.1,10.1,9.292,10.908,8.58499999999999907629e+00,1.16149999999999984365e+01,8.08,12.12,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',0,'P0001','albumin',0,0.0,2.9,NULL,3.18,2.9256,3.43440000000000056346e+00,2.703,3.657,2.54400000000000048316e+00,3.816,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',1,'P0001','albumin',1,328.725,3.33,2.9,2.9,2.668,3.132,2.465,3.33499999999999952038e+00,2.32,3.48,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',2,'P0001','albumin',2,657.45,3.43,3.33,3.33,3.0636,3.5964000000000004853e+00,2.8305,3.8295,2.664,3.996,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',3,'P0001','albumin',3,9.86175000000000068212e+02,3.46,3.43,3.43,3.1556,3.70440000000000058122e+00,2.9155,3.94449999999999967315e+00,2.744,4.116,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',4,'P0001','albumin',4,1314.9,3.09,3.46,3.46,3.18320000000000025153e+00,3.7368,2.941,3.97899999999999964828e+00,2.76800000000000023803e+00,4.152,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',5,'P0001','albumin',5,1643.625,3.32,3.09,3.09,2.8428,3.3372,2.62649999999999961275e+00,3.55349999999999965893e+00,2.472,3.70799999999999974065e+00,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',6,'P0001','albumin',6,1.97235000000000013642e+03,3.2,3.32,3.32,3.0544,3.5856,2.82199999999999961985e+00,3.8179999999999996163e+00,2.656,3.98399999999999954169e+00,NULL,6,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',7,'P0001','alk_phos',0,0.0,657.0,NULL,667.5,614.1,7.20900000000000090944e+02,567.375,7.6762499999999988633e+02,534.0,801.0,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',8,'P0001','alk_phos',1,328.725,544.0,657.0,657.0,604.44,7.09560000000000059118e+02,5.58449999999999931784e+02,755.55,525.6,788.4,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',9,'P0001','alk_phos',2,657.45,678.0,544.0,544.0,500.48,587.52,462.4,6.25599999999999909069e+02,4.35200000000000045488e+02,652.8,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',10,'P0001','alk_phos',3,9.86175000000000068212e+02,564.0,678.0,678.0,623.76,732.24,576.3,7.79699999999999931793e+02,542.4,813.6,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',11,'P0001','alk_phos',4,1314.9,680.0,564.0,564.0,518.88,609.12,479.4,6.48599999999999909071e+02,4.51200000000000045474e+02,676.8,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',12,'P0001','alk_phos',5,1643.625,826.0,680.0,680.0,625.6,7.34400000000000090965e+02,578.0,7.81999999999999886304e+02,544.0,816.0,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',13,'P0001','alk_phos',6,1.97235000000000013642e+03,488.0,826.0,826.0,7.59920000000000072769e+02,892.08,702.1,949.9,6.60800000000000068225e+02,9.91199999999999931815e+02,NULL,6,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',14,'P0001','ast',0,0.0,124.4,NULL,9.50500000000000113721e+01,8.74460000000000121662e+01,1.02654000000000024785e+02,80.7925,109.3075,76.04,1.14060000000000016484e+02,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',15,'P0001','ast',1,328.725,88.0,124.4,124.4,1.14448000000000007505e+02,134.352,1.05740000000000009092e+02,143.06,9.95200000000000102335e+01,149.28,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',16,'P0001','ast',2,657.45,100.7,88.0,88.0,8.09600000000000079563e+01,95.04,74.8,1.0119999999999998863e+02,70.4,105.6,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',17,'P0001','ast',3,9.86175000000000068212e+02,108.9,100.7,100.7,92.644,1.08756000000000014433e+02,85.595,1.15804999999999992611e+02,80.56,120.84,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',18,'P0001','ast',4,1314.9,140.8,108.9,108.9,1.00188000000000016593e+02,1.17612000000000008984e+02,92.565,125.235,87.12,130.68,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',19,'P0001','ast',5,1643.625,147.1,140.8,140.8,1.29536000000000029786e+02,1.52064000000000021373e+02,119.68,161.92,1.12640000000000014776e+02,168.96,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',20,'P0001','ast',6,1.97235000000000013642e+03,78.0,147.1,147.1,135.332,158.868,125.035,169.165,117.68,1.76519999999999981817e+02,NULL,6,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',21,'P0001','bili',0,0.0,2.7,NULL,1.35,1.24200000000000021493e+00,1.45800000000000018474e+00,1.1475,1.5525,1.08,1.62,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',22,'P0001','bili',1,328.725,1.8,2.7,2.7,2.48400000000000042987e+00,2.91600000000000036948e+00,2.295,3.105,2.16,3.24,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',23,'P0001','bili',2,657.45,2.0,1.8,1.8,1.65600000000000013855e+00,1.9440000000000001723e+00,1.53,2.07,1.44000000000000016875e+00,2.16,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',24,'P0001','bili',3,9.86175000000000068212e+02,1.6,2.0,2.0,1.84,2.16,1.7,2.3,1.6,2.4,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',25,'P0001','bili',4,1314.9,2.3,1.6,1.6,1.47200000000000019717e+00,1.7280000000000002025e+00,1.36,1.83999999999999985789e+00,1.28000000000000024868e+00,1.92,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',26,'P0001','bili',5,1643.625,1.7,2.3,2.3,2.116,2.484,1.954999999999999849e+00,2.64499999999999957367e+00,1.83999999999999985789e+00,2.76,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',27,'P0001','bili',6,1.97235000000000013642e+03,2.4,1.7,1.7,1.564,1.836,1.44499999999999984012e+00,1.954999999999999849e+00,1.36,2.04,NULL,6,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',28,'P0001','edema',0,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',29,'P0001','edema',1,328.725,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',30,'P0001','edema',2,657.45,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',31,'P0001','edema',3,9.86175000000000068212e+02,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',32,'P0001','edema',4,1314.9,1.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',33,'P0001','edema',5,1643.625,0.0,1.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.7,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',34,'P0001','edema',6,1.97235000000000013642e+03,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,6,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',35,'P0001','platelet',0,0.0,183.0,NULL,180.5,166.06,1.94940000000000026149e+02,1.53424999999999982953e+02,207.575,144.4,216.6,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',36,'P0001','platelet',1,328.725,73.0,183.0,183.0,168.36,1.97640000000000014782e+02,1.55549999999999982941e+02,210.45,146.4,219.6,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',37,'P0001','platelet',2,657.45,164.0,73.0,73.0,67.16,78.84,62.05,8.3949999999999988633e+01,5.84000000000000056826e+01,87.6,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',38,'P0001','platelet',3,9.86175000000000068212e+02,137.0,164.0,164.0,150.88,177.12,139.4,188.6,1.31200000000000017053e+02,1.96799999999999982941e+02,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',39,'P0001','platelet',4,1314.9,108.0,137.0,137.0,126.04,147.96,116.45,1.57549999999999982948e+02,1.09600000000000008526e+02,164.4,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',40,'P0001','platelet',5,1643.625,209.0,108.0,108.0,99.36,1.16640000000000014783e+02,91.8,1.24199999999999988631e+02,86.4,129.6,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',41,'P0001','platelet',6,1.97235000000000013642e+03,162.0,209.0,209.0,192.28,2.2572000000000002728e+02,177.65,240.35,1.67200000000000017054e+02,2.50799999999999982951e+02,NULL,6,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',42,'P0001','protime',0,0.0,9.6,NULL,1.08999999999999985789e+01,1.00279999999999986921e+01,1.17719999999999984656e+01,9.26499999999999879207e+00,1.25349999999999965898e+01,8.71999999999999886313e+00,1.30799999999999982946e+01,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',43,'P0001','protime',1,328.725,10.1,9.6,9.6,8.832,10.368,8.16,11.04,7.68,11.52,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',44,'P0001','protime',2,657.45,10.7,10.1,10.1,9.292,10.908,8.58499999999999907629e+00,1.16149999999999984365e+01,8.08,12.12,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',45,'P0001','protime',3,9.86175000000000068212e+02,10.0,10.7,10.7,9.844,11.556,9.09499999999999886313e+00,1.23049999999999979392e+01,8.56,1.28399999999999980815e+01,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',46,'P0001','protime',4,1314.9,10.3,10.0,10.0,9.20000000000000106581e+00,10.8,8.5,11.5,8.0,12.0,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',47,'P0001','protime',5,1643.625,10.5,10.3,10.3,9.476,1.11240000000000023301e+01,8.755,11.845,8.24,1.23600000000000012081e+01,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',48,'P0001','protime',6,1.97235000000000013642e+03,10.6,10.5,10.5,9.66,11.34,8.92499999999999893418e+00,12.075,8.4,12.6,NULL,6,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',49,'P0002','albumin',0,0.0,3.27,NULL,3.18,2.9256,3.43440000000000056346e+00,2.703,3.657,2.54400000000000048316e+00,3.816,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',50,'P0002','albumin',1,328.725,3.26,3.27,3.27,3.0084,3.5316,2.7795,3.76049999999999950972e+00,2.616,3.924,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',51,'P0002','albumin',2,657.45,3.07,3.26,3.26,2.9992,3.5208,2.771,3.74899999999999966604e+00,2.608,3.91199999999999947775e+00,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',52,'P0002','alk_phos',0,0.0,355.0,NULL,667.5,614.1,7.20900000000000090944e+02,567.375,7.6762499999999988633e+02,534.0,801.0,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',53,'P0002','alk_phos',1,328.725,329.0,355.0,355.0,326.6,3.83400000000000034106e+02,301.75,4.08249999999999943142e+02,284.0,426.0,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',54,'P0002','alk_phos',2,657.45,514.0,329.0,329.0,302.68,3.55320000000000050014e+02,279.65,3.78349999999999965895e+02,263.2,394.8,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',55,'P0002','ast',0,0.0,128.6,NULL,9.50500000000000113721e+01,8.74460000000000121662e+01,1.02654000000000024785e+02,80.7925,109.3075,76.04,1.14060000000000016484e+02,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',56,'P0002','ast',1,328.725,60.0,128.6,128.6,118.312,138.888,1.09309999999999988066e+02,147.89,102.88,154.32,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',57,'P0002','ast',2,657.45,63.6,60.0,60.0,55.2,6.48000000000000113669e+01,51.0,69.0,48.0,72.0,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',58,'P0002','bili',0,0.0,1.1,NULL,1.35,1.24200000000000021493e+00,1.45800000000000018474e+00,1.1475,1.5525,1.08,1.62,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',59,'P0002','bili',1,328.725,1.7,1.1,1.1,1.0120000000000002327e+00,1.18800000000000016697e+00,0.935,1.265,8.80000000000000115463e-01,1.32,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',60,'P0002','bili',2,657.45,1.0,1.7,1.7,1.564,1.836,1.44499999999999984012e+00,1.954999999999999849e+00,1.36,2.04,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',61,'P0002','edema',0,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',62,'P0002','edema',1,328.725,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',63,'P0002','edema',2,657.45,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',64,'P0002','platelet',0,0.0,332.0,NULL,180.5,166.06,1.94940000000000026149e+02,1.53424999999999982953e+02,207.575,144.4,216.6,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',65,'P0002','platelet',1,328.725,290.0,332.0,332.0,305.44,358.56,282.2,3.81799999999999954518e+02,265.6,398.4,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',66,'P0002','platelet',2,657.45,310.0,290.0,290.0,266.8,3.13200000000000045464e+02,246.5,333.5,232.0,348.0,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',67,'P0002','protime',0,0.0,11.4,NULL,1.08999999999999985789e+01,1.00279999999999986921e+01,1.17719999999999984656e+01,9.26499999999999879207e+00,1.25349999999999965898e+01,8.71999999999999886313e+00,1.30799999999999982946e+01,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',68,'P0002','protime',1,328.725,11.1,11.4,11.4,1.04880000000000013211e+01,1.23120000000000011657e+01,9.69,13.11,9.12000000000000099475e+00,13.68,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',69,'P0002','protime',2,657.45,10.7,11.1,11.1,10.212,11.988,9.43499999999999872102e+00,1.27649999999999987922e+01,8.88,1.33199999999999985078e+01,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',70,'P0004','albumin',0,0.0,2.6,NULL,3.18,2.9256,3.43440000000000056346e+00,2.703,3.657,2.54400000000000048316e+00,3.816,NULL,0,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',71,'P0004','albumin',1,328.725,2.99,2.6,2.6,2.39200000000000034816e+00,2.80800000000000027355e+00,2.21,2.98999999999999976907e+00,2.08,3.12,NULL,1,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',72,'P0004','albumin',2,657.45,2.87,2.99,2.99,2.75080000000000035598e+00,3.22920000000000051443e+00,2.5415,3.4385,2.39200000000000034816e+00,3.588,NULL,2,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',73,'P0004','albumin',3,9.86175000000000068212e+02,2.53,2.87,2.87,2.6404,3.0996,2.43950000000000022382e+00,3.3005,2.2960000000000002629e+00,3.444,NULL,3,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',74,'P0004','albumin',4,1314.9,3.16,2.53,2.53,2.3276,2.7324,2.15049999999999963407e+00,2.90949999999999953104e+00,2.024,3.03599999999999958788e+00,NULL,4,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',75,'P0004','alk_phos',0,0.0,1021.0,NULL,667.5,614.1,7.20900000000000090944e+02,567.375,7.6762499999999988633e+02,534.0,801.0,NULL,0,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',76,'P0004','alk_phos',1,328.725,939.0,1021.0,1021.0,939.32,1102.68,867.85,1.17414999999999986361e+03,8.16800000000000068177e+02,1225.2,NULL,1,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',77,'P0004','alk_phos',2,657.45,1054.0,939.0,939.0,863.88,1.01412000000000011824e+03,798.15,1079.85,751.2,1126.8,NULL,2,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',78,'P0004','alk_phos',3,9.86175000000000068212e+02,933.0,1054.0,1054.0,9.69680000000000063675e+02,1.13832000000000016374e+03,895.9,1212.1,843.2,1264.8,NULL,3,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',79,'P0004','alk_phos',4,1314.9,926.0,933.0,933.0,858.36,1.00764000000000010005e+03,793.05,1.07294999999999981804e+03,7.46400000000000090954e+02,1119.6,NULL,4,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',80,'P0004','ast',0,0.0,89.4,NULL,9.50500000000000113721e+01,8.74460000000000121662e+01,1.02654000000000024785e+02,80.7925,109.3075,76.04,1.14060000000000016484e+02,NULL,0,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',81,'P0004','ast',1,328.725,48.5,89.4,89.4,82.248,96.552,7.59900000000000090932e+01,102.81,7.15200000000000102318e+01,107.28,NULL,1,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',82,'P0004','ast',2,657.45,42.8,48.5,48.5,4.46200000000000045457e+01,52.38,41.225,55.775,3.88000000000000042641e+01,5.81999999999999957384e+01,NULL,2,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',83,'P0004','ast',3,9.86175000000000068212e+02,58.8,42.8,42.8,39.376,46.224,3.63799999999999954533e+01,4.92199999999999917568e+01,34.24,5.13599999999999923261e+01,NULL,3,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',84,'P0004','ast',4,1314.9,74.5,58.8,58.8,54.096,63.504,49.98,6.76199999999999903357e+01,47.04,7.05599999999999880637e+01,NULL,4,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',85,'P0004','bili',0,0.0,0.6,NULL,1.35,1.24200000000000021493e+00,1.45800000000000018474e+00,1.1475,1.5525,1.08,1.62,NULL,0,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',86,'P0004','bili',1,328.725,0.7,0.6,0.6,0.552,0.648,0.51,0.69,0.48,0.72,NULL,1,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',87,'P0004','bili',2,657.45,1.0,0.7,0.7,0.644,0.756,0.595,8.04999999999999937827e-01,5.59999999999999942268e-01,0.84,NULL,2,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',88,'P0004','bili',3,9.86175000000000068212e+02,0.5,1.0,1.0,0.92,1.08,0.85,1.15,0.8,1.2,NULL,3,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',89,'P0004','bili',4,1314.9,1.1,0.5,0.5,0.46,0.54,0.425,0.575,0.4,0.6,NULL,4,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',90,'P0004','edema',0,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,0,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',91,'P0004','edema',1,328.725,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,1,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',92,'P0004','edema',2,657.45,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,2,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',93,'P0004','edema',3,9.86175000000000068212e+02,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,3,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',94,'P0004','edema',4,1314.9,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,4,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',95,'P0004','platelet',0,0.0,207.0,NULL,180.5,166.06,1.94940000000000026149e+02,1.53424999999999982953e+02,207.575,144.4,216.6,NULL,0,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',96,'P0004','platelet',1,328.725,178.0,207.0,207.0,190.44,223.56,175.95,2.38049999999999982946e+02,1.65600000000000022737e+02,2.48399999999999977263e+02,NULL,1,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',97,'P0004','platelet',2,657.45,269.0,178.0,178.0,1.63760000000000019329e+02,192.24,1.51299999999999982948e+02,204.7,142.4,213.6,NULL,2,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',98,'P0004','platelet',3,9.86175000000000068212e+02,211.0,269.0,269.0,2.47480000000000018196e+02,2.90520000000000038643e+02,228.65,3.0934999999999996589e+02,2.15200000000000017056e+02,322.8,NULL,3,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',99,'P0004','platelet',4,1314.9,249.0,211.0,211.0,194.12,2.27880000000000023882e+02,179.35,2.42649999999999977252e+02,168.8,253.2,NULL,4,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',100,'P0004','protime',0,0.0,12.1,NULL,1.08999999999999985789e+01,1.00279999999999986921e+01,1.17719999999999984656e+01,9.26499999999999879207e+00,1.25349999999999965898e+01,8.71999999999999886313e+00,1.30799999999999982946e+01,NULL,0,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',101,'P0004','protime',1,328.725,12.2,12.1,12.1,11.132,13.068,10.285,13.915,9.68,14.52,NULL,1,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',102,'P0004','protime',2,657.45,11.7,12.2,12.2,11.224,13.176,10.37,1.40299999999999975837e+01,9.76,1.4639999999999998792e+01,NULL,2,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',103,'P0004','protime',3,9.86175000000000068212e+02,13.0,11.7,11.7,10.764,12.636,9.94499999999999850786e+00,1.34549999999999982949e+01,9.36,14.04,NULL,3,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',104,'P0004','protime',4,1314.9,11.9,13.0,13.0,11.96,1.40400000000000009232e+01,1.10499999999999989344e+01,14.95,10.4,15.6,NULL,4,'','calibration');
INSERT INTO "replay" VALUES('c8027909bfa985c9',105,'P0005','albumin',0,0.0,2.86,NULL,3.18,2.9256,3.43440000000000056346e+00,2.703,3.657,2.54400000000000048316e+00,3.816,NULL,0,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',106,'P0005','albumin',1,328.725,3.08,2.86,2.86,2.6312,3.0888,2.431,3.28899999999999970157e+00,2.288,3.432,NULL,1,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',107,'P0005','albumin',2,657.45,3.06,3.08,3.08,2.8336,3.32640000000000046753e+00,2.618,3.542,2.46400000000000041211e+00,3.69599999999999972999e+00,NULL,2,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',108,'P0005','albumin',3,9.86175000000000068212e+02,3.01,3.06,3.06,2.81520000000000036877e+00,3.3048,2.601,3.5189999999999996838e+00,2.4480000000000003979e+00,3.67199999999999970867e+00,NULL,3,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',109,'P0005','albumin',4,1314.9,3.04,3.01,3.01,2.7692,3.2508,2.55849999999999955235e+00,3.46149999999999957722e+00,2.408,3.61199999999999965538e+00,NULL,4,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',110,'P0005','alk_phos',0,0.0,1550.0,NULL,667.5,614.1,7.20900000000000090944e+02,567.375,7.6762499999999988633e+02,534.0,801.0,NULL,0,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',111,'P0005','alk_phos',1,328.725,2627.0,1550.0,1550.0,1426.0,1674.0,1317.5,1.78249999999999977264e+03,1240.0,1860.0,NULL,1,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',112,'P0005','alk_phos',2,657.45,1363.0,2627.0,2627.0,2416.84,2.83716000000000030927e+03,2232.95,3.02104999999999972713e+03,2101.6,3152.4,NULL,2,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',113,'P0005','alk_phos',3,9.86175000000000068212e+02,2391.0,1363.0,1363.0,1253.96,1.47204000000000019099e+03,1158.55,1.56744999999999981817e+03,1090.4,1635.6,NULL,3,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',114,'P0005','alk_phos',4,1314.9,2257.0,2391.0,2391.0,2.19972000000000025474e+03,2582.28,2032.35,2.7496499999999996363e+03,1.91280000000000018189e+03,2869.2,NULL,4,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',115,'P0005','ast',0,0.0,236.2,NULL,9.50500000000000113721e+01,8.74460000000000121662e+01,1.02654000000000024785e+02,80.7925,109.3075,76.04,1.14060000000000016484e+02,NULL,0,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',116,'P0005','ast',1,328.725,131.3,236.2,236.2,217.304,255.096,2.0076999999999998181e+02,2.71629999999999938598e+02,188.96,283.44,NULL,1,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',117,'P0005','ast',2,657.45,123.0,131.3,131.3,1.20796000000000020686e+02,1.41804000000000030466e+02,111.605,150.995,1.05040000000000020461e+02,157.56,NULL,2,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',118,'P0005','ast',3,9.86175000000000068212e+02,247.0,123.0,123.0,1.13160000000000010795e+02,132.84,104.55,141.45,98.4,147.6,NULL,3,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',119,'P0005','ast',4,1314.9,167.6,247.0,247.0,227.24,266.76,209.95,2.84049999999999954521e+02,1.97600000000000022744e+02,296.4,NULL,4,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',120,'P0005','bili',0,0.0,1.3,NULL,1.35,1.24200000000000021493e+00,1.45800000000000018474e+00,1.1475,1.5525,1.08,1.62,NULL,0,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',121,'P0005','bili',1,328.725,1.8,1.3,1.3,1.19600000000000017408e+00,1.40400000000000013677e+00,1.105,1.49499999999999988453e+00,1.04,1.56,NULL,1,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',122,'P0005','bili',2,657.45,1.4,1.8,1.8,1.65600000000000013855e+00,1.9440000000000001723e+00,1.53,2.07,1.44000000000000016875e+00,2.16,NULL,2,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',123,'P0005','bili',3,9.86175000000000068212e+02,1.5,1.4,1.4,1.288,1.512,1.19,1.60999999999999987565e+00,1.11999999999999988453e+00,1.68,NULL,3,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',124,'P0005','bili',4,1314.9,1.2,1.5,1.5,1.38000000000000011546e+00,1.62,1.275,1.72499999999999986677e+00,1.20000000000000017763e+00,1.79999999999999982236e+00,NULL,4,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',125,'P0005','edema',0,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,0,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',126,'P0005','edema',1,328.725,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,1,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',127,'P0005','edema',2,657.45,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,2,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',128,'P0005','edema',3,9.86175000000000068212e+02,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,3,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',129,'P0005','edema',4,1314.9,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,4,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',130,'P0005','platelet',0,0.0,223.0,NULL,180.5,166.06,1.94940000000000026149e+02,1.53424999999999982953e+02,207.575,144.4,216.6,NULL,0,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',131,'P0005','platelet',1,328.725,216.0,223.0,223.0,205.16,240.84,1.89549999999999982946e+02,256.45,178.4,2.67599999999999965888e+02,NULL,1,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',132,'P0005','platelet',2,657.45,166.0,216.0,216.0,198.72,2.33280000000000029567e+02,183.6,2.48399999999999977263e+02,172.8,259.2,NULL,2,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',133,'P0005','platelet',3,9.86175000000000068212e+02,184.0,166.0,166.0,152.72,179.28,141.1,1.90899999999999977259e+02,132.8,199.2,NULL,3,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',134,'P0005','platelet',4,1314.9,185.0,184.0,184.0,169.28,1.98720000000000027277e+02,156.4,211.6,1.4720000000000001705e+02,2.20799999999999982955e+02,NULL,4,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',135,'P0005','protime',0,0.0,11.3,NULL,1.08999999999999985789e+01,1.00279999999999986921e+01,1.17719999999999984656e+01,9.26499999999999879207e+00,1.25349999999999965898e+01,8.71999999999999886313e+00,1.30799999999999982946e+01,NULL,0,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',136,'P0005','protime',1,328.725,11.4,11.3,11.3,10.396,1.22040000000000024014e+01,9.605,12.995,9.0400000000000009237e+00,13.56,NULL,1,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',137,'P0005','protime',2,657.45,12.1,11.4,11.4,1.04880000000000013211e+01,1.23120000000000011657e+01,9.69,13.11,9.12000000000000099475e+00,13.68,NULL,2,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',138,'P0005','protime',3,9.86175000000000068212e+02,11.7,12.1,12.1,11.132,13.068,10.285,13.915,9.68,14.52,NULL,3,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',139,'P0005','protime',4,1314.9,11.5,11.7,11.7,10.764,12.636,9.94499999999999850786e+00,1.34549999999999982949e+01,9.36,14.04,NULL,4,'','held_out');
INSERT INTO "replay" VALUES('c8027909bfa985c9',140,'P0006','albumin',0,0.0,3.67,NULL,3.18,2.9256,3.43440000000000056346e+00,2.703,3.657,2.54400000000000048316e+00,3.816,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',141,'P0006','albumin',1,328.725,3.36,3.67,3.67,3.3764000000000002899e+00,3.9636,3.1195,4.22049999999999947419e+00,2.936,4.404,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',142,'P0006','albumin',2,657.45,3.43,3.36,3.36,3.0912,3.6288,2.856,3.86399999999999943511e+00,2.688,4.032,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',143,'P0006','albumin',3,9.86175000000000068212e+02,3.35,3.43,3.43,3.1556,3.70440000000000058122e+00,2.9155,3.94449999999999967315e+00,2.744,4.116,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',144,'P0006','albumin',4,1314.9,3.37,3.35,3.35,3.08200000000000029487e+00,3.61800000000000032684e+00,2.8475,3.85249999999999959143e+00,2.68,4.02,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',145,'P0006','albumin',5,1643.625,3.61,3.37,3.37,3.1004,3.6396,2.8645,3.87549999999999972288e+00,2.696,4.044,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',146,'P0006','alk_phos',0,0.0,200.0,NULL,667.5,614.1,7.20900000000000090944e+02,567.375,7.6762499999999988633e+02,534.0,801.0,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',147,'P0006','alk_phos',1,328.725,142.0,200.0,200.0,184.0,216.0,170.0,2.29999999999999971567e+02,160.0,240.0,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',148,'P0006','alk_phos',2,657.45,273.0,142.0,142.0,1.30640000000000014782e+02,153.36,120.7,1.63299999999999982951e+02,1.13600000000000008523e+02,170.4,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',149,'P0006','alk_phos',3,9.86175000000000068212e+02,423.0,273.0,273.0,2.51160000000000025008e+02,2.94840000000000031828e+02,2.32049999999999982951e+02,313.95,218.4,3.27599999999999965901e+02,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',150,'P0006','alk_phos',4,1314.9,299.0,423.0,423.0,389.16,4.56840000000000031818e+02,359.55,486.45,3.38400000000000034106e+02,5.07599999999999965897e+02,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',151,'P0006','alk_phos',5,1643.625,215.0,299.0,299.0,275.08,322.92,254.15,3.43849999999999965893e+02,2.39200000000000017057e+02,358.8,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',152,'P0006','ast',0,0.0,74.9,NULL,9.50500000000000113721e+01,8.74460000000000121662e+01,1.02654000000000024785e+02,80.7925,109.3075,76.04,1.14060000000000016484e+02,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',153,'P0006','ast',1,328.725,76.1,74.9,74.9,68.908,8.08920000000000101198e+01,6.36650000000000062519e+01,86.135,5.99200000000000088107e+01,8.98800000000000096599e+01,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',154,'P0006','ast',2,657.45,77.4,76.1,76.1,70.012,82.188,6.46849999999999880628e+01,8.7514999999999986361e+01,6.08799999999999954516e+01,91.32,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',155,'P0006','ast',3,9.86175000000000068212e+02,82.6,77.4,77.4,7.12080000000000126183e+01,8.35920000000000129602e+01,65.79,89.01,6.19200000000000088089e+01,9.28800000000000096616e+01,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',156,'P0006','ast',4,1314.9,104.4,82.6,82.6,75.992,89.208,70.21,9.49899999999999806749e+01,66.08,9.91199999999999903366e+01,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',157,'P0006','ast',5,1643.625,102.2,104.4,104.4,9.60480000000000160281e+01,1.12752000000000009551e+02,8.87400000000000090984e+01,120.06,8.352000000000001023e+01,125.28,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',158,'P0006','bili',0,0.0,1.7,NULL,1.35,1.24200000000000021493e+00,1.45800000000000018474e+00,1.1475,1.5525,1.08,1.62,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',159,'P0006','bili',1,328.725,1.3,1.7,1.7,1.564,1.836,1.44499999999999984012e+00,1.954999999999999849e+00,1.36,2.04,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',160,'P0006','bili',2,657.45,1.1,1.3,1.3,1.19600000000000017408e+00,1.40400000000000013677e+00,1.105,1.49499999999999988453e+00,1.04,1.56,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',161,'P0006','bili',3,9.86175000000000068212e+02,1.6,1.1,1.1,1.0120000000000002327e+00,1.18800000000000016697e+00,0.935,1.265,8.80000000000000115463e-01,1.32,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',162,'P0006','bili',4,1314.9,1.3,1.6,1.6,1.47200000000000019717e+00,1.7280000000000002025e+00,1.36,1.83999999999999985789e+00,1.28000000000000024868e+00,1.92,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',163,'P0006','bili',5,1643.625,1.1,1.3,1.3,1.19600000000000017408e+00,1.40400000000000013677e+00,1.105,1.49499999999999988453e+00,1.04,1.56,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',164,'P0006','edema',0,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',165,'P0006','edema',1,328.725,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',166,'P0006','edema',2,657.45,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',167,'P0006','edema',3,9.86175000000000068212e+02,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',168,'P0006','edema',4,1314.9,1.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.2,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',169,'P0006','edema',5,1643.625,0.0,1.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.7,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',170,'P0006','platelet',0,0.0,140.0,NULL,180.5,166.06,1.94940000000000026149e+02,1.53424999999999982953e+02,207.575,144.4,216.6,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',171,'P0006','platelet',1,328.725,106.0,140.0,140.0,128.8,1.51200000000000017059e+02,119.0,161.0,112.0,168.0,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',172,'P0006','platelet',2,657.45,110.0,106.0,106.0,9.75200000000000102352e+01,114.48,90.1,1.21899999999999991478e+02,8.48000000000000113669e+01,1.27199999999999988629e+02,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',173,'P0006','platelet',3,9.86175000000000068212e+02,93.0,110.0,110.0,101.2,1.18800000000000011363e+02,93.5,1.26499999999999985784e+02,88.0,132.0,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',174,'P0006','platelet',4,1314.9,145.0,93.0,93.0,85.56,1.00440000000000011941e+02,79.05,1.0694999999999998863e+02,74.4,111.6,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',175,'P0006','platelet',5,1643.625,98.0,145.0,145.0,133.4,1.56600000000000022732e+02,123.25,166.75,116.0,174.0,NULL,5,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',176,'P0006','protime',0,0.0,10.2,NULL,1.08999999999999985789e+01,1.00279999999999986921e+01,1.17719999999999984656e+01,9.26499999999999879207e+00,1.25349999999999965898e+01,8.71999999999999886313e+00,1.30799999999999982946e+01,NULL,0,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',177,'P0006','protime',1,328.725,11.2,10.2,10.2,9.384,11.016,8.67,1.17299999999999986504e+01,8.16,1.22399999999999984365e+01,NULL,1,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',178,'P0006','protime',2,657.45,9.4,11.2,11.2,10.304,12.096,9.52,1.2879999999999999005e+01,8.95999999999999907629e+00,13.44,NULL,2,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',179,'P0006','protime',3,9.86175000000000068212e+02,10.6,9.4,9.4,8.64800000000000146371e+00,1.01520000000000010231e+01,7.99,1.08099999999999987211e+01,7.52000000000000046185e+00,11.28,NULL,3,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',180,'P0006','protime',4,1314.9,10.1,10.6,10.6,9.752,11.448,9.01,12.19,8.48,1.27199999999999988629e+01,NULL,4,'','out_of_part');
INSERT INTO "replay" VALUES('c8027909bfa985c9',181,'P0006','protime',5,1643.625,10.2,10.1,10.1,9.292,10.908,8.58499999999999907629e+00,1.16149999999999984365e+01,8.08,12.12,NULL,5,'','out_of_part');
CREATE TABLE seals (
	release_id VARCHAR(16) NOT NULL, 
	part TEXT NOT NULL, 
	seal BIGINT NOT NULL, 
	PRIMARY KEY (release_id, part)
)
 WITHOUT ROWID

;
INSERT INTO "seals" VALUES('696f06da1d0b7e14','',6050044660751311092);
INSERT INTO "seals" VALUES('696f06da1d0b7e14','P0006',-8356405323498261688);
INSERT INTO "seals" VALUES('c8027909bfa985c9','',6050044660751311092);
INSERT INTO "seals" VALUES('c8027909bfa985c9','P0001',-2738555153611758557);
INSERT INTO "seals" VALUES('c8027909bfa985c9','P0002',-2224200671887173890);
INSERT INTO "seals" VALUES('c8027909bfa985c9','P0003',4345859785685785958);
INSERT INTO "seals" VALUES('c8027909bfa985c9','P0004',-719311105773314013);
INSERT INTO "seals" VALUES('c8027909bfa985c9','P0005',6087387575461291396);
INSERT INTO "seals" VALUES('c8027909bfa985c9','P0006',-1231930493897098633);
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
INSERT INTO "sentinels" VALUES('c8027909bfa985c9',0,'shuffled_outcomes','Outcomes dealt at random cannot be predicted.','held','Skill -21.0 % (95 % interval -25.1 to -17.2 %).',-0.21,-0.251,-0.172,0.02,62);
INSERT INTO "sentinels" VALUES('c8027909bfa985c9',1,'permuted_patient','A stranger''s records do not help.','held','6 % of the gain is left (95 % interval 0 to 19 %).',0.06,0.0,0.19,0.5,62);
INSERT INTO "sentinels" VALUES('c8027909bfa985c9',2,'changed_future','What comes later changes nothing.','held','None of 180 predictions changed.',0.0,NULL,NULL,0.0,62);
INSERT INTO "sentinels" VALUES('696f06da1d0b7e14',0,'shuffled_outcomes','Outcomes dealt at random cannot be predicted.','held','Skill -21.0 % (95 % interval -25.1 to -17.2 %).',-0.21,-0.251,-0.172,0.02,62);
INSERT INTO "sentinels" VALUES('696f06da1d0b7e14',1,'permuted_patient','A stranger''s records do not help.','held','6 % of the gain is left (95 % interval 0 to 19 %).',0.06,0.0,0.19,0.5,62);
INSERT INTO "sentinels" VALUES('696f06da1d0b7e14',2,'changed_future','What comes later changes nothing.','held','None of 180 predictions changed.',0.0,NULL,NULL,0.0,62);
CREATE TABLE store (
	schema_version INTEGER NOT NULL, 
	PRIMARY KEY (schema_version)
);
INSERT INTO "store" VALUES(12);
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
	rows_in VARCHAR(16) DEFAULT '' NOT NULL, 
	flagged INTEGER DEFAULT '0' NOT NULL, 
	outside INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "subjects" VALUES('c8027909bfa985c9',0,'P0001','D-penicillamine, stage 3','train',7,1.97235000000000013642e+03,'personalised','{"age": "40.1 years", "sex": "female"}','','c8027909bfa985c9',0,4);
INSERT INTO "subjects" VALUES('c8027909bfa985c9',1,'P0002','placebo, stage 3','train',3,657.45,'personalised','{"age": "43.5 years", "sex": "female"}','Held back and not used: 2 rows (impossible values).','c8027909bfa985c9',7,3);
INSERT INTO "subjects" VALUES('c8027909bfa985c9',2,'P0003','D-penicillamine, stage 4','tuning',0,NULL,'cohort','{"age": "69.3 years", "sex": "male"}','','c8027909bfa985c9',0,4);
INSERT INTO "subjects" VALUES('c8027909bfa985c9',3,'P0004','placebo, stage 4','calibration',5,1314.9,'withheld','{"age": "30.2 years", "sex": "female"}','','c8027909bfa985c9',0,0);
INSERT INTO "subjects" VALUES('c8027909bfa985c9',4,'P0005','placebo, stage 4','held_out',5,1314.9,'personalised','{"age": "67.0 years", "sex": "female"}','','c8027909bfa985c9',0,4);
INSERT INTO "subjects" VALUES('c8027909bfa985c9',5,'P0006','D-penicillamine, stage 1-2','train',6,1643.625,'personalised','{"age": "65.9 years", "sex": "female"}','','c8027909bfa985c9',0,3);
INSERT INTO "subjects" VALUES('696f06da1d0b7e14',0,'P0001','D-penicillamine, stage 3','train',7,1.97235000000000013642e+03,'personalised','{"age": "40.1 years", "sex": "female"}','','c8027909bfa985c9',0,4);
INSERT INTO "subjects" VALUES('696f06da1d0b7e14',1,'P0002','placebo, stage 3','train',3,657.45,'personalised','{"age": "43.5 years", "sex": "female"}','Held back and not used: 2 rows (impossible values).','c8027909bfa985c9',7,3);
INSERT INTO "subjects" VALUES('696f06da1d0b7e14',2,'P0003','D-penicillamine, stage 4','tuning',0,NULL,'cohort','{"age": "69.3 years", "sex": "male"}','','c8027909bfa985c9',0,4);
INSERT INTO "subjects" VALUES('696f06da1d0b7e14',3,'P0004','placebo, stage 4','calibration',5,1314.9,'withheld','{"age": "30.2 years", "sex": "female"}','','c8027909bfa985c9',0,0);
INSERT INTO "subjects" VALUES('696f06da1d0b7e14',4,'P0005','placebo, stage 4','held_out',5,1314.9,'personalised','{"age": "67.0 years", "sex": "female"}','','c8027909bfa985c9',0,4);
INSERT INTO "subjects" VALUES('696f06da1d0b7e14',5,'P0006','D-penicillamine, stage 1-2','train',6,1643.625,'personalised','{"age": "65.9 years", "sex": "female"}','','696f06da1d0b7e14',0,3);
CREATE TABLE what_if (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
	outcome TEXT, 
	covariate TEXT, 
	position INTEGER, 
	value TEXT, 
	current INTEGER, 
	mean DOUBLE, 
	lower_90 DOUBLE, 
	upper_90 DOUBLE, 
	probability DOUBLE, 
	PRIMARY KEY (release_id, subject_id, row_number)
)
 WITHOUT ROWID

;
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',56,'P0006','albumin','trt',0,'0',0,3.58,3.2089,3.9511,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',57,'P0006','albumin','trt',1,'1',1,3.58,3.2089,3.9511,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',58,'P0006','alk_phos','trt',0,'0',0,271.4674,176.4009,417.7672,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',59,'P0006','alk_phos','trt',1,'1',1,271.4674,176.4009,417.7672,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',60,'P0006','ast','trt',0,'0',0,103.2795,67.5461,157.9167,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',61,'P0006','ast','trt',1,'1',1,103.2795,67.5461,157.9167,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',62,'P0006','bili','trt',0,'0',0,1.1605,0.7308,1.8428,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',63,'P0006','bili','trt',1,'1',1,1.1605,0.7308,1.8428,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',64,'P0006','edema','trt',0,'0',0,NULL,NULL,NULL,0.473);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',65,'P0006','edema','trt',1,'1',1,NULL,NULL,NULL,0.473);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',66,'P0006','platelet','trt',0,'0',0,117.5714,51.9475,183.1954,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',67,'P0006','platelet','trt',1,'1',1,117.5714,51.9475,183.1954,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',68,'P0006','protime','trt',0,'0',0,10.2836,9.4463,11.1951,NULL);
INSERT INTO "what_if" VALUES('696f06da1d0b7e14',69,'P0006','protime','trt',1,'1',1,10.2836,9.4463,11.1951,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',0,'P0001','albumin','trt',0,'0',0,3.225,2.856,3.594,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',1,'P0001','albumin','trt',1,'1',1,3.225,2.856,3.594,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',2,'P0001','alk_phos','trt',0,'0',0,540.1836,352.6204,827.5141,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',3,'P0001','alk_phos','trt',1,'1',1,540.1836,352.6204,827.5141,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',4,'P0001','ast','trt',0,'0',0,81.4248,53.4181,124.1154,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',5,'P0001','ast','trt',1,'1',1,81.4248,53.4181,124.1154,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',6,'P0001','bili','trt',0,'0',0,2.2814,1.4533,3.5814,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',7,'P0001','bili','trt',1,'1',1,2.2814,1.4533,3.5814,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',8,'P0001','edema','trt',0,'0',0,NULL,NULL,NULL,0.534);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',9,'P0001','edema','trt',1,'1',1,NULL,NULL,NULL,0.534);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',10,'P0001','platelet','trt',0,'0',0,171.125,106.2175,236.0325,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',11,'P0001','platelet','trt',1,'1',1,171.125,106.2175,236.0325,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',12,'P0001','protime','trt',0,'0',0,10.6248,9.7658,11.5594,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',13,'P0001','protime','trt',1,'1',1,10.6248,9.7658,11.5594,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',14,'P0002','albumin','trt',0,'0',0,3.1525,2.763,3.542,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',15,'P0002','albumin','trt',1,'1',1,3.1525,2.763,3.542,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',16,'P0002','alk_phos','trt',0,'0',0,621.6852,388.8081,994.0441,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',17,'P0002','alk_phos','trt',1,'1',1,621.6852,388.8081,994.0441,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',18,'P0002','ast','trt',0,'0',0,72.9358,46.4608,114.4973,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',19,'P0002','ast','trt',1,'1',1,72.9358,46.4608,114.4973,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',20,'P0002','bili','trt',0,'0',0,1.1247,0.6468,1.9558,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',21,'P0002','bili','trt',1,'1',1,1.1247,0.6468,1.9558,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',22,'P0002','edema','trt',0,'0',0,NULL,NULL,NULL,0.244);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',23,'P0002','edema','trt',1,'1',1,NULL,NULL,NULL,0.244);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',24,'P0002','platelet','trt',0,'0',0,291.25,219.6299,362.8701,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',25,'P0002','platelet','trt',1,'1',1,291.25,219.6299,362.8701,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',26,'P0002','protime','trt',0,'0',0,10.7249,9.7999,11.7372,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',27,'P0002','protime','trt',1,'1',1,10.7249,9.7999,11.7372,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',28,'P0003','albumin','trt',0,'0',0,3.4,2.72,4.08,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',29,'P0003','albumin','trt',1,'1',1,3.4,2.72,4.08,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',30,'P0003','alk_phos','trt',0,'0',0,1100.0,407.1717,2971.7194,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',31,'P0003','alk_phos','trt',1,'1',1,1100.0,407.1717,2971.7194,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',32,'P0003','ast','trt',0,'0',0,110.0,47.1656,256.5429,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',33,'P0003','ast','trt',1,'1',1,110.0,47.1656,256.5429,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',34,'P0003','bili','trt',0,'0',0,1.6,0.3442,7.4377,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',35,'P0003','bili','trt',1,'1',1,1.6,0.3442,7.4377,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',36,'P0003','edema','trt',0,'0',0,NULL,NULL,NULL,0.435);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',37,'P0003','edema','trt',1,'1',1,NULL,NULL,NULL,0.435);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',38,'P0003','platelet','trt',0,'0',0,235.0,81.8382,388.1618,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',39,'P0003','platelet','trt',1,'1',1,235.0,81.8382,388.1618,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',40,'P0003','protime','trt',0,'0',0,10.8,9.1174,12.7931,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',41,'P0003','protime','trt',1,'1',1,10.8,9.1174,12.7931,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',42,'P0005','albumin','trt',0,'0',0,3.1,2.7256,3.4744,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',43,'P0005','albumin','trt',1,'1',1,3.1,2.7256,3.4744,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',44,'P0005','alk_phos','trt',0,'0',0,2002.2044,1292.0436,3102.6991,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',45,'P0005','alk_phos','trt',1,'1',1,2002.2044,1292.0436,3102.6991,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',46,'P0005','ast','trt',0,'0',0,156.2406,101.7012,240.0277,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',47,'P0005','ast','trt',1,'1',1,156.2406,101.7012,240.0277,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',48,'P0005','bili','trt',0,'0',0,1.2589,0.7793,2.0337,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',49,'P0005','bili','trt',1,'1',1,1.2589,0.7793,2.0337,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',50,'P0005','edema','trt',0,'0',0,NULL,NULL,NULL,0.445);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',51,'P0005','edema','trt',1,'1',1,NULL,NULL,NULL,0.445);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',52,'P0005','platelet','trt',0,'0',0,193.3333,126.6206,260.046,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',53,'P0005','platelet','trt',1,'1',1,193.3333,126.6206,260.046,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',54,'P0005','protime','trt',0,'0',0,11.3803,10.4438,12.4007,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',55,'P0005','protime','trt',1,'1',1,11.3803,10.4438,12.4007,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',56,'P0006','albumin','trt',0,'0',0,3.58,3.2089,3.9511,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',57,'P0006','albumin','trt',1,'1',1,3.58,3.2089,3.9511,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',58,'P0006','alk_phos','trt',0,'0',0,271.4674,176.4009,417.7672,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',59,'P0006','alk_phos','trt',1,'1',1,271.4674,176.4009,417.7672,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',60,'P0006','ast','trt',0,'0',0,103.2795,67.5461,157.9167,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',61,'P0006','ast','trt',1,'1',1,103.2795,67.5461,157.9167,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',62,'P0006','bili','trt',0,'0',0,1.1605,0.7308,1.8428,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',63,'P0006','bili','trt',1,'1',1,1.1605,0.7308,1.8428,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',64,'P0006','edema','trt',0,'0',0,NULL,NULL,NULL,0.473);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',65,'P0006','edema','trt',1,'1',1,NULL,NULL,NULL,0.473);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',66,'P0006','platelet','trt',0,'0',0,117.5714,51.9475,183.1954,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',67,'P0006','platelet','trt',1,'1',1,117.5714,51.9475,183.1954,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',68,'P0006','protime','trt',0,'0',0,10.2836,9.4463,11.1951,NULL);
INSERT INTO "what_if" VALUES('c8027909bfa985c9',69,'P0006','protime','trt',1,'1',1,10.2836,9.4463,11.1951,NULL);
CREATE TABLE width_reasons (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
	outcome TEXT, 
	reason TEXT, 
	share DOUBLE, 
	narrower DOUBLE, 
	PRIMARY KEY (release_id, subject_id, row_number)
)
 WITHOUT ROWID

;
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',96,'P0006','albumin','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',97,'P0006','albumin','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',98,'P0006','albumin','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',99,'P0006','albumin','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',100,'P0006','alk_phos','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',101,'P0006','alk_phos','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',102,'P0006','alk_phos','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',103,'P0006','alk_phos','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',104,'P0006','ast','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',105,'P0006','ast','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',106,'P0006','ast','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',107,'P0006','ast','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',108,'P0006','bili','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',109,'P0006','bili','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',110,'P0006','bili','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',111,'P0006','bili','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',112,'P0006','platelet','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',113,'P0006','platelet','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',114,'P0006','platelet','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',115,'P0006','platelet','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',116,'P0006','protime','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',117,'P0006','protime','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',118,'P0006','protime','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('696f06da1d0b7e14',119,'P0006','protime','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',0,'P0001','albumin','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',1,'P0001','albumin','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',2,'P0001','albumin','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',3,'P0001','albumin','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',4,'P0001','alk_phos','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',5,'P0001','alk_phos','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',6,'P0001','alk_phos','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',7,'P0001','alk_phos','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',8,'P0001','ast','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',9,'P0001','ast','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',10,'P0001','ast','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',11,'P0001','ast','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',12,'P0001','bili','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',13,'P0001','bili','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',14,'P0001','bili','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',15,'P0001','bili','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',16,'P0001','platelet','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',17,'P0001','platelet','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',18,'P0001','platelet','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',19,'P0001','platelet','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',20,'P0001','protime','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',21,'P0001','protime','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',22,'P0001','protime','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',23,'P0001','protime','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',24,'P0002','albumin','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',25,'P0002','albumin','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',26,'P0002','albumin','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',27,'P0002','albumin','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',28,'P0002','alk_phos','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',29,'P0002','alk_phos','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',30,'P0002','alk_phos','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',31,'P0002','alk_phos','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',32,'P0002','ast','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',33,'P0002','ast','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',34,'P0002','ast','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',35,'P0002','ast','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',36,'P0002','bili','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',37,'P0002','bili','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',38,'P0002','bili','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',39,'P0002','bili','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',40,'P0002','platelet','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',41,'P0002','platelet','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',42,'P0002','platelet','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',43,'P0002','platelet','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',44,'P0002','protime','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',45,'P0002','protime','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',46,'P0002','protime','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',47,'P0002','protime','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',48,'P0003','albumin','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',49,'P0003','albumin','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',50,'P0003','albumin','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',51,'P0003','albumin','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',52,'P0003','alk_phos','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',53,'P0003','alk_phos','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',54,'P0003','alk_phos','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',55,'P0003','alk_phos','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',56,'P0003','ast','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',57,'P0003','ast','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',58,'P0003','ast','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',59,'P0003','ast','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',60,'P0003','bili','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',61,'P0003','bili','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',62,'P0003','bili','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',63,'P0003','bili','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',64,'P0003','platelet','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',65,'P0003','platelet','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',66,'P0003','platelet','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',67,'P0003','platelet','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',68,'P0003','protime','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',69,'P0003','protime','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',70,'P0003','protime','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',71,'P0003','protime','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',72,'P0005','albumin','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',73,'P0005','albumin','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',74,'P0005','albumin','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',75,'P0005','albumin','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',76,'P0005','alk_phos','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',77,'P0005','alk_phos','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',78,'P0005','alk_phos','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',79,'P0005','alk_phos','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',80,'P0005','ast','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',81,'P0005','ast','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',82,'P0005','ast','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',83,'P0005','ast','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',84,'P0005','bili','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',85,'P0005','bili','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',86,'P0005','bili','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',87,'P0005','bili','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',88,'P0005','platelet','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',89,'P0005','platelet','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',90,'P0005','platelet','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',91,'P0005','platelet','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',92,'P0005','protime','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',93,'P0005','protime','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',94,'P0005','protime','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',95,'P0005','protime','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',96,'P0006','albumin','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',97,'P0006','albumin','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',98,'P0006','albumin','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',99,'P0006','albumin','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',100,'P0006','alk_phos','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',101,'P0006','alk_phos','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',102,'P0006','alk_phos','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',103,'P0006','alk_phos','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',104,'P0006','ast','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',105,'P0006','ast','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',106,'P0006','ast','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',107,'P0006','ast','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',108,'P0006','bili','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',109,'P0006','bili','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',110,'P0006','bili','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',111,'P0006','bili','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',112,'P0006','platelet','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',113,'P0006','platelet','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',114,'P0006','platelet','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',115,'P0006','platelet','varies',0.6,NULL);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',116,'P0006','protime','outside_range',0.0,0.0);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',117,'P0006','protime','old_value',0.1,0.05);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',118,'P0006','protime','few_records',0.3,0.18);
INSERT INTO "width_reasons" VALUES('c8027909bfa985c9',119,'P0006','protime','varies',0.6,NULL);
CREATE INDEX subjects_by_id ON subjects (release_id, subject_id);
CREATE INDEX subjects_in_order ON subjects (release_id, length(subject_id), subject_id, row_number);
CREATE INDEX subjects_by_cohort ON subjects (release_id, cohort, status);
CREATE INDEX subjects_to_look_at ON subjects (release_id, flagged DESC, row_number);
CREATE INDEX evaluation_by_metric ON evaluation (release_id, outcome, metric);
CREATE INDEX cross_fitted_by_metric ON cross_fitted (release_id, outcome, metric);
COMMIT;
